"""the control words of a frozen text, which everybody in the room sees"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Empty until upkeep has computed them: that takes a few tenths of a second for each version.
    with op.batch_alter_table("agenda", schema=None) as batch_op:
        batch_op.add_column(sa.Column("control_words", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("agenda", schema=None) as batch_op:
        batch_op.alter_column("control_words", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("agenda", schema=None) as batch_op:
        batch_op.drop_column("control_words")
