"""How Alembic meets the database: on the connection that ``storage.migrating`` hands over."""

from alembic import context

from survey_app.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter a column; it needs the table copied
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
