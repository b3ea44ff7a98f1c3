"""Build step: compile the translations, and pack the data folders into the wheel.

Compiled catalogues (.mo) are not in git, so every build makes them; a catalogue with a wrong
placeholder stops the build here instead of breaking one page in one language. survey_app/data.py
finds the folders again.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKED_WHOLE = ("questionnaires", "networks", "lands", "migrations")


class DataHook(BuildHookInterface[Any]):
    """Runs before a wheel is built, and before an editable install, which packs nothing."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; then name what goes into the wheel below ``survey_app/_data``."""
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from scripts.catalogues import compile_all

        compiled = compile_all(root / "translations")
        if version == "standard":
            folders = [root / name for name in PACKED_WHOLE]
            for path in [*folders, *compiled]:
                build_data["force_include"][str(path)] = (
                    f"survey_app/_data/{path.relative_to(root)}"
                )
