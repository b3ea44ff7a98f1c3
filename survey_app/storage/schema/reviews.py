"""The tables of the review: decisions while it goes on, and what a concluded question keeps.

`text_decision` lies beside `review_text`, under the same random keys, and ends with it. `reviewed`
holds what everybody may read (domain/voices.py), and stays.
"""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, LargeBinary, String, Table, Text

from survey_app.storage.schema.base import metadata, network_column
from survey_app.storage.schema.waves import review_text

text_decision = Table(
    "text_decision",
    metadata,
    Column("wave", Integer, primary_key=True, autoincrement=False),
    Column("key", LargeBinary(32), primary_key=True),
    network_column(),
    Column("verdict", String(12), nullable=False),
    Column("words", Text, nullable=False),
    Column("reader", Integer, nullable=False),
    Column("second", Integer),
    Column("agreed", Boolean),
    Column("chosen", Boolean, nullable=False),
    Column("themes", Text, nullable=False),
    sqlite_with_rowid=False,
)

reviewed = Table(
    "reviewed",
    metadata,
    Column("wave", ForeignKey("wave.id"), primary_key=True, autoincrement=False),
    Column("variable", String(31), primary_key=True),
    network_column(),
    Column("concluded_on", Date, nullable=False),
    Column("content", Text, nullable=False),
)

# What must be gone, to the last byte, when a question is concluded or its time is over.
UNDER_REVIEW = (review_text, text_decision)
TAKEN_BACK = (reviewed,)
