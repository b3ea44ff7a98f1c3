"""Bringing a database to the newest schema, and back.

Alembic runs inside this process on an engine of our own, so that a migration meets the same
pragmas and locks as the program.
"""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from survey_app.storage.database import Database
from survey_app.storage.walls import Crossing, across

NEWEST = "head"
NOTHING = "base"


def upgrade(database: Database, migrations: Path, revision: str = NEWEST) -> None:
    """Bring the database up to `revision`; a database that is there already stays as it is."""
    _run(database, migrations, lambda config: command.upgrade(config, revision))


def downgrade(database: Database, migrations: Path, revision: str) -> None:
    """Bring the database down to `revision`; what newer tables hold is lost."""
    _run(database, migrations, lambda config: command.downgrade(config, revision))


def is_current(database: Database, migrations: Path) -> bool:
    """Return whether the database has the newest schema."""
    script = ScriptDirectory.from_config(_config(migrations))
    with database.read() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return bool(present == script.get_current_head())


def _run(database: Database, migrations: Path, deed: Callable[[Config], None]) -> None:
    config = _config(migrations)
    with database.write() as connection:
        connection.execution_options(**across(Crossing.MIGRATION))
        config.attributes["connection"] = connection
        deed(config)


def _config(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
