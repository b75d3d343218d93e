"""who minds the turns at a table, and the card that they put on it"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "table_of_round",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("card", sa.Integer(), nullable=True),
        sa.CheckConstraint('"table_number" >= 1', name="table_of_round_from_one"),
        sa.CheckConstraint('"card" >= 1', name="table_of_round_card_from_one"),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        sa.ForeignKeyConstraint(["host_id"], ["participant.id"]),
        sa.PrimaryKeyConstraint("workshop_id", "round", "table_number"),
    )
    op.create_index("table_of_host", "table_of_round", ["host_id"])
    op.create_table(
        "declined_hosting",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"]),
        sa.PrimaryKeyConstraint("participant_id"),
    )


def downgrade() -> None:
    op.drop_table("declined_hosting")
    op.drop_table("table_of_round")
