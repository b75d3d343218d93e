"""which methods there are is known by the program alone: a new one needs no change of tables"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

METHODS = "\"method\" IN ('consent', 'gradients', 'fist of five', 'dots', 'score', 'statement')"


def upgrade() -> None:
    with op.batch_alter_table("round") as round_:
        round_.drop_constraint("round_method", type_="check")


def downgrade() -> None:
    with op.batch_alter_table("round") as round_:
        round_.create_check_constraint("round_method", sa.text(METHODS))
