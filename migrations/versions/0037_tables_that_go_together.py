"""a table of a round that goes with another one"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("table_of_round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("joined_to", sa.Integer(), nullable=True))
        batch_op.create_check_constraint("table_of_round_joined_from_one", sa.text('"joined_to" >= 1'))


def downgrade() -> None:
    with op.batch_alter_table("table_of_round", schema=None) as batch_op:
        batch_op.drop_constraint("table_of_round_joined_from_one", type_="check")
        batch_op.drop_column("joined_to")
