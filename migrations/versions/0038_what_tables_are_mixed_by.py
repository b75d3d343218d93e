"""what the tables of an evening are mixed by: mixed, kept together or left aside; and a question of one's own"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

MIXED = {"mixes_groups": "groups_mixing", "mixes_bubbles": "bubbles_mixing"}
COLUMNS = (*MIXED.values(), "question_mixing")


def upgrade() -> None:
    with op.batch_alter_table("encounter", schema=None) as batch_op:
        for column in COLUMNS:
            batch_op.add_column(sa.Column(column, sa.String(), nullable=False, server_default="mix"))
        batch_op.add_column(sa.Column("question", sa.String(length=120), nullable=False, server_default=""))
    for before, after in MIXED.items():
        op.execute(f"UPDATE encounter SET {after} = 'aside' WHERE NOT {before}")
    with op.batch_alter_table("encounter", schema=None) as batch_op:
        for column in (*COLUMNS, "question"):
            batch_op.alter_column(column, server_default=None)
        for column in COLUMNS:
            batch_op.create_check_constraint(
                f"encounter_{column}", sa.text(f"\"{column}\" IN ('mix', 'together', 'aside')")
            )
        for before in MIXED:
            batch_op.drop_column(before)
    op.create_table(
        "mixing_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("workshop_id", "text", name="mixing_answer_once"),
    )
    op.create_index("ix_mixing_answer_workshop_id", "mixing_answer", ["workshop_id"])
    op.create_table(
        "mixing_choice",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"]),
        sa.ForeignKeyConstraint(["answer_id"], ["mixing_answer.id"]),
        sa.PrimaryKeyConstraint("participant_id"),
    )
    op.create_index("ix_mixing_choice_answer_id", "mixing_choice", ["answer_id"])


def downgrade() -> None:
    op.drop_table("mixing_choice")
    op.drop_table("mixing_answer")
    with op.batch_alter_table("encounter", schema=None) as batch_op:
        for before in MIXED:
            batch_op.add_column(sa.Column(before, sa.Boolean(), nullable=False, server_default=sa.true()))
    for before, after in MIXED.items():
        op.execute(f"UPDATE encounter SET {before} = {after} = 'mix'")
    with op.batch_alter_table("encounter", schema=None) as batch_op:
        for before in MIXED:
            batch_op.alter_column(before, server_default=None)
        for column in COLUMNS:
            batch_op.drop_constraint(f"encounter_{column}", type_="check")
        for column in (*COLUMNS, "question"):
            batch_op.drop_column(column)
