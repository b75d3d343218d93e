"""whom people would like to speak again, how they want to be reached, and the number of a chair"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_wish",
        sa.Column("wisher_id", sa.Integer(), nullable=False),
        sa.Column("wished_id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint('"wisher_id" <> "wished_id"', name="contact_wish_of_two"),
        sa.ForeignKeyConstraint(["wisher_id"], ["participant.id"]),
        sa.ForeignKeyConstraint(["wished_id"], ["participant.id"]),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        sa.PrimaryKeyConstraint("wisher_id", "wished_id"),
    )
    op.create_index("ix_contact_wish_wished_id", "contact_wish", ["wished_id"])
    op.create_index("ix_contact_wish_workshop_id", "contact_wish", ["workshop_id"])
    op.create_table(
        "contact",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=120), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"]),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        sa.PrimaryKeyConstraint("participant_id"),
    )
    op.create_index("ix_contact_workshop_id", "contact", ["workshop_id"])
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.add_column(sa.Column("chair", sa.Integer(), nullable=False, server_default="0"))
    # Who sat in a round that has begun gets a chair by the number on their badge, as in the rounds from now on.
    op.execute("""
        UPDATE seat SET chair = (
            SELECT COUNT(*) FROM seat AS other
                JOIN participant AS them ON them.id = other.participant_id
                JOIN participant AS self ON self.id = seat.participant_id
            WHERE other.workshop_id = seat.workshop_id AND other.round = seat.round
                AND other.table_number = seat.table_number AND them.number <= self.number
        )
        WHERE round <= (SELECT round_now FROM encounter WHERE encounter.workshop_id = seat.workshop_id)
    """)


def downgrade() -> None:
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_column("chair")
    op.drop_table("contact")
    op.drop_table("contact_wish")
