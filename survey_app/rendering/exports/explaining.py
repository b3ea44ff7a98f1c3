"""What explains the table of results: the codebook, and the notes about method and protection."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from survey_app.domain.codebook import Level, Sensitivity
from survey_app.domain.extract import Extract, Section
from survey_app.domain.messages import N_, Message, Words
from survey_app.domain.response import Code
from survey_app.rendering.exports.base import SAMPLE, WITHHELD_SIGN


@dataclass(frozen=True)
class CodebookEntry:
    """One row of the codebook: a code of a variable, or a variable without codes."""

    questionnaire: str
    version: str
    fingerprint: str
    variable: str
    question: str
    stem: str
    level: str
    multiple: bool
    sensitivity: str
    core: str
    mirror: str
    unit: str
    code: Code | None
    label: str
    positive: bool


YES: Final = N_("ja")
LEVELS: Final = {
    Level.NOMINAL: N_("ohne Reihenfolge"),
    Level.ORDINAL: N_("mit Reihenfolge"),
    Level.NUMERIC: N_("Zahl"),
    Level.TEXT: N_("Text"),
}
CODEBOOK_HEADS: Final = {
    "questionnaire": N_("Fragebogen"),
    "version": N_("Version"),
    "fingerprint": N_("Prüfzeichen"),
    "variable": N_("Variable"),
    "question": N_("Frage"),
    "stem": N_("Einleitung"),
    "level": N_("Art"),
    "multiple": N_("mehrere Antworten"),
    "sensitivity": N_("Schutzstufe"),
    "core": N_("Kernfrage"),
    "mirror": N_("gespiegelt in"),
    "unit": N_("Einheit"),
    "code": N_("Code"),
    "label": N_("Antwort"),
    "positive": N_("zählt als positiv"),
}


def forms(extract: Extract) -> tuple[Section, ...]:
    """Return one section for each questionnaire there is, in the order of the waves."""
    found: dict[tuple[str, str], Section] = {}
    for section in extract.sections:
        found.setdefault((section.questionnaire, section.fingerprint), section)
    return tuple(found.values())


def codebook(extract: Extract, words: Words) -> Iterator[CodebookEntry]:
    """Yield the codebook of every questionnaire, each once."""
    for section in forms(extract):
        for variable in section.variables:
            labels: Sequence[tuple[Code | None, str]] = [
                (label.code, label.text.said(words.code)) for label in variable.labels
            ]
            for code, label in labels or [(None, "")]:
                yield CodebookEntry(
                    questionnaire=section.questionnaire,
                    version=section.version,
                    fingerprint=section.fingerprint,
                    variable=variable.name,
                    question=variable.text.said(words.code),
                    stem=variable.stem.said(words.code) if variable.stem else "",
                    level=words.gettext(LEVELS[variable.level]),
                    multiple=variable.multiple,
                    sensitivity=variable.sensitivity.value,
                    core=variable.core or "",
                    mirror=variable.mirror or "",
                    unit=variable.unit.said(words.code) if variable.unit else "",
                    code=code,
                    label=label,
                    positive=code in variable.positive,
                )


# Notes

PROTECTION: Final = {
    Sensitivity.A: N_("Rückmeldung zum Angebot (A): ausgewiesen ab %(block)s Antworten."),
    Sensitivity.B: N_(
        "Eigenes Verhalten (B): ausgewiesen ab %(block)s Antworten, und nur wenn keine Antwort von"
        " weniger als %(cell)s Personen oder von fast allen kam."
    ),
    Sensitivity.C: N_(
        "Wie es mir geht (C): ausgewiesen ab %(block)s Antworten, und nur wenn keine Antwort von"
        " weniger als %(cell)s Personen oder von fast allen kam; bei wenigen Antworten nur"
        " zusammengefasst."
    ),
}
TEXTS: Final = N_(
    "Freie Texte stehen in keiner Datei. Wie viele etwas geschrieben haben, wird ausgewiesen ab"
    " %(block)s Antworten."
)
PERCENT: Final = N_(
    "Prozent: Anteil an allen, die diese Frage beantwortet haben (n). Ab n = %(n)s sind Prozente"
    " aussagekräftig, darunter besser die Anzahl nennen."
)
MISSING: Final = N_(
    "„fehlend“ zählt alle ohne gültige Antwort: nicht beantwortet, „weiß nicht“, nicht gefragt."
)
RIGHTS: Final = N_(
    "Bitte nennen Sie als Quelle „%(network)s“ und fragen Sie vor einer Veröffentlichung nach."
)
RECOUNT: Final = N_("Erhebung %(wave)s: neu ausgezählt am %(day)s")


def notes(extract: Extract, words: Words) -> Iterator[tuple[str, str]]:
    """Yield what a reader of the numbers has to know: a name and what it is."""
    if extract.sample:
        yield words.gettext(SAMPLE), words.gettext(N_("Alle Angaben sind erfunden."))
    yield words.gettext(N_("Bogen")), extract.number
    yield words.gettext(N_("Titel")), extract.title
    yield words.gettext(N_("Datenstand")), words.date(extract.as_of)
    for fact in extract.facts:
        yield words.gettext(fact.label), fact.value
    yield words.gettext(N_("Kontakt")), extract.contact
    for section in forms(extract):
        if section.fingerprint:
            named = f"{section.questionnaire} {section.version} ({section.fingerprint})"
            yield words.gettext(N_("Fragebogen")), named
    for message in recounts(extract):
        yield words.gettext(N_("Auszählung")), message.said(words)
    yield WITHHELD_SIGN, words.gettext(N_("zum Schutz nicht ausgewiesen, nicht null"))
    yield words.gettext(N_("Nicht ausgewiesene Werte")), words.number(extract.withheld)
    for message in protection(extract):
        yield words.gettext(N_("Schutz")), message.said(words)
    for text in (Message(PERCENT, {"n": extract.policy.percent_from}), Message(MISSING)):
        yield words.gettext(N_("Lesen")), text.said(words)
    for limit in extract.limits:
        yield words.gettext(N_("Grenzen")), limit.said(words)
    yield words.gettext(N_("Weitergeben")), rights(extract).said(words)


def recounts(extract: Extract) -> Iterator[Message]:
    """Yield of which waves other numbers took the place of the first ones, and when."""
    for section in extract.sections:
        if section.wave is not None and section.recounted_on is not None:
            yield Message(RECOUNT, {"wave": str(section.wave), "day": section.recounted_on})


def protection(extract: Extract) -> tuple[Message, ...]:
    """Return the limits in force for what was asked, in words."""
    asked = {each.sensitivity for section in extract.sections for each in section.variables}
    said = []
    for sensitivity in sorted(asked):
        rule = extract.policy.rule(sensitivity)
        values = {"block": rule.smallest_block, "cell": rule.smallest_cell}
        said.append(Message(PROTECTION[sensitivity], values))
    if any(section.texts for section in extract.sections):
        said.append(Message(TEXTS, {"block": extract.policy.text_block}))
    return tuple(said)


def rights(extract: Extract) -> Message:
    """Return what to do before passing the numbers on."""
    return Message(RIGHTS, {"network": extract.network})
