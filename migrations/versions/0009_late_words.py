"""words that came after the close, for the facilitator"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "late_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_item_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.Column("is_put_away", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["round_item_id"], ["round_item.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("round_item_id", "request_id", name="late_words_request_once"),
    )
    with op.batch_alter_table("late_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_late_words_round_item_id"), ["round_item_id"], unique=False)


def downgrade() -> None:
    op.drop_table("late_words")
