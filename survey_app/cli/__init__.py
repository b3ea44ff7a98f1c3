"""The command line: `survey-app …`.

A module in this folder is a command; its click object is called `command`. Modules are imported
only when their command is used, so that `survey-app serve` does not load what draws PDFs. What
several commands share has a name that begins with an underscore.
"""

import importlib
import keyword
import pkgutil

import click


class Commands(click.Group):
    """The group whose members are the modules of this folder."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands."""
        modules = (module.name for module in pkgutil.iter_modules(__path__))
        public = (name.rstrip("_") for name in modules if not name.startswith("_"))
        return sorted(name.replace("_", "-") for name in public)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command, imported now."""
        if cmd_name not in self.list_commands(ctx):
            return None
        name = cmd_name.replace("-", "_")
        name += "_" if keyword.iskeyword(name) else ""  # `survey-app import` lives in import_.py
        module = importlib.import_module(f"{__name__}.{name}")
        command: click.Command = module.command
        return command


@click.command(cls=Commands)
@click.version_option(package_name="mitreden", prog_name="survey-app")
def main() -> None:
    """Mitreden: Fragebögen, Erhebungen und Auswertungen."""
