"""proposals that look alike and were told apart"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "told_apart",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["proposal.id"]),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"]),
        sa.PrimaryKeyConstraint("proposal_id", "other_id"),
    )
    op.create_index("ix_told_apart_other_id", "told_apart", ["other_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_told_apart_other_id", table_name="told_apart")
    op.drop_table("told_apart")
