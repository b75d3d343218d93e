"""a link of one meeting for who hosts a table"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.add_column(sa.Column("table_host_serial", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(
            sa.Column("table_host_token_hash", sa.String(), nullable=False, server_default="")
        )
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.alter_column("table_host_serial", server_default=None)
        batch_op.alter_column("table_host_token_hash", server_default=None)
        batch_op.create_index(
            batch_op.f("ix_workshop_table_host_token_hash"), ["table_host_token_hash"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_table_host_token_hash"))
        batch_op.drop_column("table_host_token_hash")
        batch_op.drop_column("table_host_serial")
