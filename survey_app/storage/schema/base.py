"""What all tables share: their one metadata, and the column of the tenant."""

from typing import Any

from sqlalchemy import Column, ForeignKey, MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def network_column() -> Column[Any]:
    """Return the column that says to which network a row belongs."""
    return Column("network", ForeignKey("network.id"), nullable=False, index=True)
