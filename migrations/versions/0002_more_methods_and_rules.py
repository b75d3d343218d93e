"""more voting methods and rules, a timer, one item at a time, and what became of an objection"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

METHODS = "\"method\" IN ('consent', 'gradients', 'fist of five', 'dots', 'score', 'statement')"
RULES = (
    "\"rule\" IN ('no open objections', 'without objection', 'share of votes', 'level', 'every group', 'top')"
)
ANSWERS = "\"answer\" IN ('reworded', 'minority report', 'conversation')"


def upgrade() -> None:
    with op.batch_alter_table("round") as round_:
        round_.drop_constraint("round_method", type_="check")
        round_.create_check_constraint("round_method", sa.text(METHODS))
        round_.drop_constraint("round_rule", type_="check")
        round_.create_check_constraint("round_rule", sa.text(RULES))
        round_.add_column(sa.Column("level", sa.String(length=20), nullable=True))
        round_.add_column(sa.Column("tolerated", sa.Integer(), nullable=True))
        round_.add_column(sa.Column("top", sa.Integer(), nullable=True))
        round_.add_column(sa.Column("budget", sa.Integer(), nullable=True))
        round_.add_column(sa.Column("can_stack", sa.Boolean(), nullable=False, server_default=sa.true()))
        round_.add_column(sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True))
        round_.add_column(sa.Column("shown_position", sa.Integer(), nullable=True))
    with op.batch_alter_table("reason") as reason:
        reason.add_column(sa.Column("answer", sa.String(), nullable=True))
        reason.create_check_constraint("reason_answer", sa.text(ANSWERS))


def downgrade() -> None:
    # The checks stay as wide as they are: there may be rounds by the newer methods, and those are kept.
    with op.batch_alter_table("reason") as reason:
        reason.drop_constraint("reason_answer", type_="check")
        reason.drop_column("answer")
    with op.batch_alter_table("round") as round_:
        for column in ("shown_position", "ends_at", "can_stack", "budget", "top", "tolerated", "level"):
            round_.drop_column(column)
