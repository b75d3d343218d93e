"""a meeting belongs to a building block; which steps there are is said by the block, no more by the table"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BLOCKS = "\"block\" IN ('startfoto', 're-bubbelen', 'alliance', 'mediation')"
STEPS_OF_AN_ALLIANCE = "\"step\" IN ('welcome', 'draft', 'vote', 'agree', 'sign', 'agenda', 'progress')"


def upgrade() -> None:
    with op.batch_alter_table("workshop") as workshop:
        # Every meeting until now was one of an alliance.
        workshop.add_column(sa.Column("block", sa.String(), nullable=False, server_default="alliance"))
        workshop.create_check_constraint("workshop_block", sa.text(BLOCKS))
        workshop.drop_constraint("workshop_step", type_="check")


def downgrade() -> None:
    # The version before knows no other steps; its rooms begin anew.
    op.execute("UPDATE workshop SET step = 'welcome' WHERE block <> 'alliance'")
    with op.batch_alter_table("workshop") as workshop:
        workshop.create_check_constraint("workshop_step", sa.text(STEPS_OF_AN_ALLIANCE))
        workshop.drop_constraint("workshop_block", type_="check")
        workshop.drop_column("block")
