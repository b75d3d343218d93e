"""what acts keep so that they can be undone; no link, and no partner's id, is given out twice"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

LINKS = {
    "partner": ("serial", "links_made"),
    "workshop": ("projector_serial", "projector_links_made"),
    "agenda": ("public_serial", "public_links_made"),
}


def upgrade() -> None:
    op.create_table(
        "undoable",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("keeps", sa.JSON(), nullable=False),
        sa.Column("undone_by", sa.String(length=120), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"]),
        sa.PrimaryKeyConstraint("event_id"),
    )
    op.create_index("ix_undoable_about", "undoable", ["about"])
    for table, (serial, made) in LINKS.items():
        op.add_column(table, sa.Column(made, sa.Integer(), nullable=True))
        op.execute(f"UPDATE {table} SET {made} = {serial}")
        with op.batch_alter_table(table, table_kwargs=_never_an_id_twice(table)) as made_again:
            made_again.alter_column(made, existing_type=sa.Integer(), nullable=False)


def downgrade() -> None:
    for table, (_serial, made) in LINKS.items():
        with op.batch_alter_table(table) as made_again:
            made_again.drop_column(made)
    op.drop_index("ix_undoable_about", table_name="undoable")
    op.drop_table("undoable")


def _never_an_id_twice(table: str) -> dict[str, bool]:
    """SQLite gives the id of the last row again once that was deleted; PostgreSQL never does."""
    return {"sqlite_autoincrement": True} if table == "partner" else {}
