"""a name that comes from a phone waits for the facilitator's tap before the room reads it"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("partner", "agreement_supporter"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True))
        # What the room has read already stays.
        op.execute(f"UPDATE {table} SET shown_at = CURRENT_TIMESTAMP")


def downgrade() -> None:
    for table in ("partner", "agreement_supporter"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("shown_at")
