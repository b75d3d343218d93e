"""What was erased, and still stands in the database's files."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from models.basics.words import Erased
from models.tables.columns import moment, one_of, own_id


class ToOverwrite(SQLModel, table=True):
    """That something of a kind was erased, until it is overwritten too; not what, nor of whom."""

    __tablename__ = "to_overwrite"
    __table_args__ = (one_of("what", Erased, name="to_overwrite_what"),)

    id: int = own_id()
    what: str
    erased_at: datetime = moment()
    # Up to where PostgreSQL's journal may hold it, once its tables are rewritten.
    journal_until: int | None = Field(default=None, sa_type=BigInteger)
