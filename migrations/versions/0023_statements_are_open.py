"""a startfoto has one meeting, statements that are open by link until a day, and some that are asked no more"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("baseline") as baseline:
        baseline.add_column(sa.Column("workshop_id", sa.Integer(), nullable=True))
        baseline.add_column(sa.Column("open_until", sa.Date(), nullable=True))
        baseline.add_column(
            sa.Column("is_shared_outside", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        baseline.create_foreign_key("baseline_workshop_id_fkey", "workshop", ["workshop_id"], ["id"])
        baseline.create_unique_constraint("baseline_workshop_once", ["workshop_id"])
    with op.batch_alter_table("statement") as statement:
        statement.add_column(sa.Column("left_out_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("statement") as statement:
        statement.drop_column("left_out_at")
    with op.batch_alter_table("baseline") as baseline:
        baseline.drop_constraint("baseline_workshop_once", type_="unique")
        baseline.drop_constraint("baseline_workshop_id_fkey", type_="foreignkey")
        baseline.drop_column("is_shared_outside")
        baseline.drop_column("open_until")
        baseline.drop_column("workshop_id")
