"""the plan of approach as rows: per block why, with whom and when; who matters here, and what plays here"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ALLIANCE = sa.table("alliance", sa.column("id", sa.Integer), sa.column("blocks", sa.JSON))
PLAN_BLOCK = sa.table(
    "plan_block",
    sa.column("alliance_id", sa.Integer),
    sa.column("block", sa.String),
    sa.column("is_needed", sa.Boolean),
    sa.column("why", sa.String),
    sa.column("others", sa.String),
    sa.column("known_first", sa.String),
)


def upgrade() -> None:
    op.create_table(
        "plan_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alliance_id", sa.Integer(), nullable=False),
        sa.Column("block", sa.String(), nullable=False),
        sa.Column("is_needed", sa.Boolean(), nullable=True),
        sa.Column("why", sa.String(length=400), nullable=False),
        sa.Column("others", sa.String(length=200), nullable=False),
        sa.Column("known_first", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "\"block\" IN ('startfoto', 're-bubbelen', 'alliance', 'mediation')", name="plan_block_block"
        ),
        sa.CheckConstraint(
            '("starts_on" IS NULL AND "ends_on" IS NULL) OR "starts_on" <= "ends_on"',
            name="plan_block_months",
        ),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliance.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("alliance_id", "block", name="plan_block_once"),
    )
    op.create_index("ix_plan_block_alliance_id", "plan_block", ["alliance_id"])
    op.create_table(
        "stakeholder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alliance_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("influence", sa.Integer(), nullable=False),
        sa.Column("touched", sa.Integer(), nullable=False),
        sa.Column("attitude", sa.String(), nullable=False),
        sa.Column("contact_by", sa.String(length=80), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('municipality', 'community', 'residents', 'organisation', 'business', 'other')",
            name="stakeholder_kind",
        ),
        sa.CheckConstraint("\"attitude\" IN ('carries', 'waits', 'doubts')", name="stakeholder_attitude"),
        sa.CheckConstraint('"influence" BETWEEN 1 AND 5', name="stakeholder_influence"),
        sa.CheckConstraint('"touched" BETWEEN 1 AND 5', name="stakeholder_touched"),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliance.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stakeholder_alliance_id", "stakeholder", ["alliance_id"])
    op.create_table(
        "plan_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_block_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("stakeholder_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            'CASE WHEN "partner_id" IS NULL THEN 0 ELSE 1 END + '
            'CASE WHEN "stakeholder_id" IS NULL THEN 0 ELSE 1 END = 1',
            name="plan_party_is_one",
        ),
        sa.ForeignKeyConstraint(["plan_block_id"], ["plan_block.id"]),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"]),
        sa.ForeignKeyConstraint(["stakeholder_id"], ["stakeholder.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("plan_block_id", "partner_id", name="plan_partner_once"),
        sa.UniqueConstraint("plan_block_id", "stakeholder_id", name="plan_stakeholder_once"),
    )
    for column in ("plan_block_id", "partner_id", "stakeholder_id"):
        op.create_index(f"ix_plan_party_{column}", "plan_party", [column])
    with op.batch_alter_table("alliance") as alliance:
        alliance.add_column(sa.Column("dynamics", sa.String(length=1200), nullable=False, server_default=""))
    with op.batch_alter_table("alliance") as alliance:
        alliance.alter_column("dynamics", server_default=None)
    _rows_of_blocks()
    with op.batch_alter_table("alliance") as alliance:
        alliance.drop_column("blocks")


def _rows_of_blocks() -> None:
    """A block that stood in the list was needed; of the others nobody had said so yet."""
    connection = op.get_bind()
    for alliance_id, blocks in connection.execute(sa.select(ALLIANCE.c.id, ALLIANCE.c.blocks)).all():
        for block in {entry["block"]: entry for entry in blocks}.values():
            row: dict[str, Any] = {
                "alliance_id": alliance_id,
                "block": block["block"],
                "is_needed": True,
                "why": block.get("reason", ""),
                "others": "",
                "known_first": "",
            }
            connection.execute(PLAN_BLOCK.insert().values(row))


def downgrade() -> None:
    with op.batch_alter_table("alliance") as alliance:
        alliance.add_column(sa.Column("blocks", sa.JSON(), nullable=True))
    connection = op.get_bind()
    needed = sa.select(PLAN_BLOCK).where(PLAN_BLOCK.c.is_needed.is_(True)).order_by(PLAN_BLOCK.c.block)
    chosen: dict[int, list[dict[str, str]]] = {}
    for row in connection.execute(needed).all():
        chosen.setdefault(row.alliance_id, []).append({"block": row.block, "reason": row.why[:200]})
    for (alliance_id,) in connection.execute(sa.select(ALLIANCE.c.id)).all():
        connection.execute(
            ALLIANCE.update().where(ALLIANCE.c.id == alliance_id).values(blocks=chosen.get(alliance_id, []))
        )
    with op.batch_alter_table("alliance") as alliance:
        alliance.alter_column("blocks", existing_type=sa.JSON(), nullable=False)
    with op.batch_alter_table("alliance") as alliance:
        alliance.drop_column("dynamics")
    op.drop_table("plan_party")
    op.drop_table("stakeholder")
    op.drop_table("plan_block")
