"""a round that was cancelled, and a projector that is blank for a moment"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round", sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
    # The default stays: SQLite would make the whole table anew to take it away.
    op.add_column(
        "workshop",
        sa.Column("is_projector_blank", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.drop_column("workshop", "is_projector_blank")
    op.drop_column("round", "cancelled_at")
