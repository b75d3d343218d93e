"""evenings at mixed tables: how they go, seats, wishes, question cards"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "encounter",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=120), nullable=False),
        sa.Column("table_size", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("mixes_groups", sa.Boolean(), nullable=False),
        sa.Column("mixes_bubbles", sa.Boolean(), nullable=False),
        sa.Column("tables", sa.Integer(), nullable=False),
        sa.Column("new_meetings", sa.Integer(), nullable=False),
        sa.Column("most_meetings", sa.Integer(), nullable=False),
        sa.Column("round_now", sa.Integer(), nullable=False),
        sa.Column("card_now", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shows_question", sa.Boolean(), nullable=False),
        sa.CheckConstraint('"table_size" >= 2', name="encounter_tables_of_two"),
        sa.CheckConstraint('"round_now" >= 0 AND "round_now" <= "rounds"', name="encounter_round_is_one"),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        sa.PrimaryKeyConstraint("workshop_id"),
    )
    op.create_table(
        "seat",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.CheckConstraint('"table_number" >= 1', name="seat_at_a_table"),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"]),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        sa.PrimaryKeyConstraint("workshop_id", "round", "participant_id"),
    )
    op.create_index("seat_of_participant", "seat", ["participant_id"])
    op.create_table(
        "seat_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("strength", sa.String(), nullable=False),
        sa.CheckConstraint(
            "\"strength\" IN ('must', 'rather', 'rather_not', 'must_not')", name="seat_wish_strength"
        ),
        sa.CheckConstraint('"one_id" < "other_id"', name="seat_wish_of_two"),
        sa.ForeignKeyConstraint(["one_id"], ["participant.id"]),
        sa.ForeignKeyConstraint(["other_id"], ["participant.id"]),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("one_id", "other_id", name="seat_wish_once"),
    )
    op.create_index("ix_seat_wish_workshop_id", "seat_wish", ["workshop_id"])
    op.create_table(
        "question_card",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        sa.PrimaryKeyConstraint("workshop_id", "round", "place"),
    )


def downgrade() -> None:
    op.drop_table("question_card")
    op.drop_table("seat_wish")
    op.drop_table("seat")
    op.drop_table("encounter")
