"""what leaves a mediation, and how it holds afterwards"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mediation_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mediation_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=32), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["mediation_id"], ["mediation.id"]),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("item"),
    )
    op.create_index("ix_mediation_outcome_mediation_id", "mediation_outcome", ["mediation_id"])
    op.create_table(
        "mediation_aftercare",
        sa.Column("alliance_id", sa.Integer(), nullable=False),
        sa.Column("after_days", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("\"answer\" IN ('better', 'same', 'worse')", name="mediation_aftercare_answer"),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliance.id"]),
        sa.PrimaryKeyConstraint("alliance_id", "after_days", "answer"),
    )
    with op.batch_alter_table("agreement") as table:
        table.add_column(sa.Column("mediation_id", sa.Integer(), nullable=True))
        table.create_foreign_key("agreement_mediation_id_fkey", "mediation", ["mediation_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("agreement") as table:
        table.drop_constraint("agreement_mediation_id_fkey", type_="foreignkey")
        table.drop_column("mediation_id")
    op.drop_table("mediation_aftercare")
    op.drop_table("mediation_outcome")
