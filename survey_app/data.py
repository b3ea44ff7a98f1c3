"""Where the files are that are no code: questionnaires, networks, rules, translations, migrations.

In a checkout they lie beside the package, where people edit them. A wheel carries them inside the
package (`survey_app/_data/`, put there by hatch_build.py), so that an installed Mitreden needs no
checkout. An editable install is a checkout.
"""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def data_dir(name: str, *, package: Path = _PACKAGE) -> Path:
    """Return a folder: ``questionnaires``, ``networks``, ``lands``, ``translations`` …

    Raises FileNotFoundError when it is neither inside the package nor beside it.
    """
    places = (package / "_data" / name, package.parent / name)
    for place in places:
        if place.is_dir():
            return place
    looked_at = " noch ".join(str(place) for place in places)
    raise FileNotFoundError(
        f"Der Ordner „{name}“ fehlt: weder {looked_at} ist da. Mitreden bitte neu installieren."
    )
