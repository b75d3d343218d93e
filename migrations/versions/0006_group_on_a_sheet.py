"""whether a paper sheet is where somebody's group comes from"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("paper_sheet", schema=None) as batch_op:
        batch_op.add_column(sa.Column("says_group", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("paper_sheet", schema=None) as batch_op:
        batch_op.alter_column("says_group", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("paper_sheet", schema=None) as batch_op:
        batch_op.drop_column("says_group")
