"""phones that ask to speak for somebody who speaks already, and with whom a voice came to a phone"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phone_asking",
        sa.Column("phone_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["phone_id"], ["phone.id"], name="phone_asking_phone_id_fkey"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="phone_asking_participant_id_fkey"
        ),
        sa.ForeignKeyConstraint(["host_id"], ["participant.id"], name="phone_asking_host_id_fkey"),
        sa.PrimaryKeyConstraint("phone_id", "participant_id"),
    )
    with op.batch_alter_table("phone_asking", schema=None) as batch_op:
        batch_op.create_index("ix_phone_asking_participant_id", ["participant_id"])
    with op.batch_alter_table("phone_participant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("host_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("phone_participant_host_id_fkey", "participant", ["host_id"], ["id"])
    # Until now whoever else spoke through a phone was a voice of who has it now.
    op.execute(
        "UPDATE phone_participant SET host_id = (SELECT own.participant_id FROM phone_participant AS own"
        " WHERE own.phone_id = phone_participant.phone_id AND own.is_own)"
    )


def downgrade() -> None:
    with op.batch_alter_table("phone_participant", schema=None) as batch_op:
        batch_op.drop_constraint("phone_participant_host_id_fkey", type_="foreignkey")
        batch_op.drop_column("host_id")
    op.drop_table("phone_asking")
