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
OLD_METHODS = "\"method\" IN ('consent')"
OLD_RULES = "\"rule\" IN ('no open objections', 'without objection')"
SECRECIES = "\"secrecy\" IN ('anonymous', 'named')"
STATES = "\"state\" IN ('new', 'shown', 'hidden')"
ANSWERS = "\"answer\" IN ('reworded', 'minority report', 'conversation')"


def upgrade() -> None:
    _check(METHODS, RULES)
    with op.batch_alter_table("round") as round_:
        round_.add_column(sa.Column("level", sa.String(length=20), nullable=True))
        round_.add_column(sa.Column("tolerated", sa.Integer(), nullable=True))
        round_.add_column(sa.Column("top", sa.Integer(), nullable=True))
        round_.add_column(sa.Column("budget", sa.Integer(), nullable=True))
        round_.add_column(sa.Column("can_stack", sa.Boolean(), nullable=False, server_default=sa.true()))
        round_.add_column(sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True))
        round_.add_column(sa.Column("shown_position", sa.Integer(), nullable=True))
    if _is_sqlite():
        checks = (
            sa.CheckConstraint(STATES, name="reason_state"),
            sa.CheckConstraint(ANSWERS, name="reason_answer"),
        )
        with op.batch_alter_table("reason", recreate="always", table_args=checks) as reason:
            reason.add_column(sa.Column("answer", sa.String(), nullable=True))
    else:
        op.add_column("reason", sa.Column("answer", sa.String(), nullable=True))
        op.create_check_constraint("reason_answer", "reason", sa.text(ANSWERS))


def downgrade() -> None:
    if _is_sqlite():
        checks = (sa.CheckConstraint(STATES, name="reason_state"),)
        with op.batch_alter_table("reason", recreate="always", table_args=checks) as reason:
            reason.drop_column("answer")
    else:
        op.drop_constraint("reason_answer", "reason")
        op.drop_column("reason", "answer")
    _check(OLD_METHODS, OLD_RULES)
    with op.batch_alter_table("round") as round_:
        for column in ("shown_position", "ends_at", "can_stack", "budget", "top", "tolerated", "level"):
            round_.drop_column(column)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _check(methods: str, rules: str) -> None:
    """SQLite cannot change a check: the table is made again, with all the checks it had."""
    if not _is_sqlite():
        for name, words in (("round_method", methods), ("round_rule", rules)):
            op.drop_constraint(name, "round")
            op.create_check_constraint(name, "round", sa.text(words))
        return
    checks = (
        sa.CheckConstraint(methods, name="round_method"),
        sa.CheckConstraint(rules, name="round_rule"),
        sa.CheckConstraint(SECRECIES, name="round_secrecy"),
    )
    with op.batch_alter_table("round", recreate="always", table_args=checks):
        pass
