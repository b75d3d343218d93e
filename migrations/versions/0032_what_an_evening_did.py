"""two numbers per person of an evening at mixed tables: who they knew before, whom they would greet after"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "encounter_answer",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("answer_key", sa.String(length=64), nullable=False),
        sa.Column("before", sa.Integer(), nullable=True),
        sa.Column("after", sa.Integer(), nullable=True),
        sa.Column("skips_before", sa.Boolean(), nullable=False),
        sa.Column("skips_after", sa.Boolean(), nullable=False),
        sa.CheckConstraint('"before" >= 0 AND "after" >= 0', name="encounter_answer_is_a_count"),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        sa.PrimaryKeyConstraint("workshop_id", "answer_key"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("encounter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answers_closed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("encounter", schema=None) as batch_op:
        batch_op.drop_column("answers_closed_at")
    op.drop_table("encounter_answer")
