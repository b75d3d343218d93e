"""what a round asks about: its words stay with it, and it may be a statement or a point for improvement too"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

RULES = (
    "\"rule\" IN ('no open objections', 'without objection', 'share of votes', 'level', 'every group', 'top', "
    "'decides nothing')"
)
ABOUT_ONE = (
    'CASE WHEN "version_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "statement_id" IS NULL THEN 0 ELSE 1 END'
    ' + CASE WHEN "improvement_id" IS NULL THEN 0 ELSE 1 END = 1'
)
# What an older version has no place for: rounds about something else than a principle, or that decide nothing.
NEWER = (
    "SELECT id FROM round WHERE rule = 'decides nothing'"
    " OR id IN (SELECT round_id FROM round_item WHERE version_id IS NULL)"
)


def upgrade() -> None:
    _make_tables()
    op.add_column("round_item", sa.Column("text", sa.String(length=400), nullable=True))
    op.execute(
        "UPDATE round_item SET text ="
        " (SELECT version.text FROM principle_version AS version WHERE version.id = round_item.version_id)"
    )
    with op.batch_alter_table("round_item") as item:
        item.alter_column("text", existing_type=sa.String(length=400), nullable=False)
        item.alter_column("version_id", existing_type=sa.Integer(), nullable=True)
        item.add_column(sa.Column("statement_id", sa.Integer(), nullable=True))
        item.add_column(sa.Column("improvement_id", sa.Integer(), nullable=True))
        item.create_foreign_key("round_item_statement_id_fkey", "statement", ["statement_id"], ["id"])
        item.create_foreign_key("round_item_improvement_id_fkey", "improvement", ["improvement_id"], ["id"])
        item.create_index("ix_round_item_statement_id", ["statement_id"])
        item.create_index("ix_round_item_improvement_id", ["improvement_id"])
        item.create_check_constraint("round_item_about_one", sa.text(ABOUT_ONE))
    with op.batch_alter_table("round") as round_:
        round_.drop_constraint("round_rule", type_="check")
        round_.create_check_constraint("round_rule", sa.text(RULES))


def downgrade() -> None:
    _forget_newer_rounds()
    # The rules' check stays as wide as it is: what is older asks for none of the newer ones.
    with op.batch_alter_table("round_item") as item:
        item.drop_constraint("round_item_about_one", type_="check")
        item.drop_index("ix_round_item_improvement_id")
        item.drop_index("ix_round_item_statement_id")
        item.drop_constraint("round_item_improvement_id_fkey", type_="foreignkey")
        item.drop_constraint("round_item_statement_id_fkey", type_="foreignkey")
        item.drop_column("improvement_id")
        item.drop_column("statement_id")
        item.drop_column("text")
        item.alter_column("version_id", existing_type=sa.Integer(), nullable=False)
    for table in ("improvement", "statement", "theme", "baseline"):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table(
        "baseline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alliance_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("presented_on", sa.Date(), nullable=True),
        sa.Column("notes_erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliance.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("alliance_id", "number", name="baseline_number_once"),
    )
    op.create_index("ix_baseline_alliance_id", "baseline", ["alliance_id"])
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alliance_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.CheckConstraint('"position" BETWEEN 1 AND 9', name="theme_position"),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliance.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("alliance_id", "position", name="theme_position_once"),
    )
    op.create_index("ix_theme_alliance_id", "theme", ["alliance_id"])
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("baseline_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("is_reversed", sa.Boolean(), nullable=False),
        sa.Column("same_as_id", sa.Integer(), nullable=True),
        sa.CheckConstraint('"same_as_id" <> "id"', name="statement_same_as_another"),
        sa.ForeignKeyConstraint(["baseline_id"], ["baseline.id"]),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"]),
        sa.ForeignKeyConstraint(["same_as_id"], ["statement.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("baseline_id", "number", name="statement_number_once"),
    )
    for column in ("baseline_id", "theme_id", "same_as_id"):
        op.create_index(f"ix_statement_{column}", "statement", [column])
    op.create_table(
        "improvement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("baseline_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("who_could", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why_not_now", sa.String(length=200), nullable=False),
        sa.CheckConstraint("\"state\" IN ('open', 'taken up', 'not now')", name="improvement_state"),
        sa.CheckConstraint("\"state\" <> 'not now' OR \"why_not_now\" <> ''", name="improvement_why_not_now"),
        sa.ForeignKeyConstraint(["baseline_id"], ["baseline.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("baseline_id", "number", name="improvement_number_once"),
    )
    op.create_index("ix_improvement_baseline_id", "improvement", ["baseline_id"])


def _forget_newer_rounds() -> None:
    op.execute(f"CREATE TEMPORARY TABLE newer_round AS {NEWER}")
    newer = "SELECT id FROM newer_round"
    items = f"SELECT id FROM round_item WHERE round_id IN ({newer})"
    for table in ("ballot", "ballot_request", "late_words", "reason"):
        op.execute(f"DELETE FROM {table} WHERE round_item_id IN ({items})")
    for table in ("paper_sheet", "round_participant", "round_secret", "round_item"):
        op.execute(f"DELETE FROM {table} WHERE round_id IN ({newer})")
    op.execute(f"DELETE FROM round WHERE id IN ({newer})")
    op.execute("DROP TABLE newer_round")
