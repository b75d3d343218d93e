"""what became of agreements: calls, how to reach a partner, the agreement that the room reads"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agreement_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("sentence", sa.String(length=400), nullable=False),
        sa.Column("noted_by", sa.String(length=120), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("outcome IN ('busy', 'stuck', 'done', 'no answer')", name="call_outcome"),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_agreement_call_agreement_id"), "agreement_call", ["agreement_id"])
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contact", sa.String(length=120), nullable=False, server_default=""))
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.alter_column("contact", server_default=None)
    op.add_column("workshop", sa.Column("agreement_on_screen", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("workshop", "agreement_on_screen")
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.drop_column("contact")
    op.drop_index(op.f("ix_agreement_call_agreement_id"), table_name="agreement_call")
    op.drop_table("agreement_call")
