"""voices on a shared phone, and sheets of paper"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_sheet",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("entered_by", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_newcomer", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"]),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"]),
        sa.PrimaryKeyConstraint("round_id", "participant_id"),
        sa.UniqueConstraint("round_id", "request_id", name="paper_sheet_request_once"),
    )
    op.create_index("ix_paper_sheet_participant_id", "paper_sheet", ["participant_id"], unique=False)
    op.add_column("phone_participant", sa.Column("request_id", sa.String(length=64), nullable=True))
    op.create_index("phone_participant_once", "phone_participant", ["phone_id", "request_id"], unique=True)


def downgrade() -> None:
    op.drop_index("phone_participant_once", table_name="phone_participant")
    with op.batch_alter_table("phone_participant", schema=None) as batch_op:
        batch_op.drop_column("request_id")
    op.drop_index("ix_paper_sheet_participant_id", table_name="paper_sheet")
    op.drop_table("paper_sheet")
