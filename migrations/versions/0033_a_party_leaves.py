"""a party of a mediation leaves, and one that nobody ends does so by itself"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("mediation") as table:
        table.add_column(sa.Column("quiet_since", sa.Date(), nullable=True))
    # Nobody knows when something was last written in those that stand: their year begins today.
    op.execute("UPDATE mediation SET quiet_since = CURRENT_DATE")
    with op.batch_alter_table("mediation") as table:
        table.alter_column("quiet_since", existing_type=sa.Date(), nullable=False)
    with op.batch_alter_table("mediation_party") as table:
        table.add_column(sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("leaving_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("leaving_person_id", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE mediation_party SET accepted_at = (SELECT min(person.accepted_at) FROM mediation_person AS person"
        " WHERE person.party_id = mediation_party.id)"
    )


def downgrade() -> None:
    with op.batch_alter_table("mediation_party") as table:
        for column in ("leaving_person_id", "leaving_at", "accepted_at"):
            table.drop_column(column)
    with op.batch_alter_table("mediation") as table:
        table.drop_column("quiet_since")
