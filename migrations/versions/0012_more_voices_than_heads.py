"""who went on with more voices than heads, in a round"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round", sa.Column("acknowledged", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("round", "acknowledged")
