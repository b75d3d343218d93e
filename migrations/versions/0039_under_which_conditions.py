"""under which conditions an evening was prepared, and who said which bubbles are theirs"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "encounter_condition",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("condition", sa.String(), nullable=False),
        sa.Column("is_met", sa.Boolean(), nullable=False),
        sa.Column("how", sa.String(length=120), nullable=False),
        sa.CheckConstraint(
            "\"condition\" IN ('equal', 'goal', 'cooperation', 'backing')", name="encounter_condition_is_one"
        ),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        sa.PrimaryKeyConstraint("workshop_id", "condition"),
    )
    op.create_table(
        "bubbles_told",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"]),
        sa.PrimaryKeyConstraint("participant_id"),
    )


def downgrade() -> None:
    op.drop_table("bubbles_told")
    op.drop_table("encounter_condition")
