"""what tables take along, and proposals that were made of it"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "idea",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("first_step", sa.String(length=200), nullable=False),
        sa.Column("taker", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"]),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("workshop_id", "table_number", name="idea_of_a_table_once"),
    )
    op.create_index("ix_idea_workshop_id", "idea", ["workshop_id"])
    op.create_index("ix_idea_participant_id", "idea", ["participant_id"])
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("idea_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("proposal_of_idea", "idea", ["idea_id"], ["id"])
        batch_op.create_index("ix_proposal_idea_id", ["idea_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index("ix_proposal_idea_id")
        batch_op.drop_constraint("proposal_of_idea", type_="foreignkey")
        batch_op.drop_column("idea_id")
    op.drop_table("idea")
