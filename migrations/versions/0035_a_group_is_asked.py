"""a group in a mediation asks its own people, without the mediator"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

KIND, PARTY = "mediation_audience_kind", "mediation_audience_party"


def _checks(kind: str, party: str) -> None:
    with op.batch_alter_table("mediation_audience") as table:
        table.drop_constraint(KIND, type_="check")
        table.drop_constraint(PARTY, type_="check")
        table.create_check_constraint(KIND, sa.text(kind))
        table.create_check_constraint(PARTY, sa.text(party))


def upgrade() -> None:
    _checks(
        "\"kind\" IN ('own', 'group', 'party', 'all')",
        "(\"kind\" IN ('group', 'party')) = (\"party_id\" IS NOT NULL)",
    )


def downgrade() -> None:
    of_groups = "(SELECT id FROM mediation_audience WHERE kind = 'group')"
    for table in ("mediation_key", "mediation_item"):
        op.execute(f"DELETE FROM {table} WHERE audience_id IN {of_groups}")
    op.execute("DELETE FROM mediation_audience WHERE kind = 'group'")
    _checks("\"kind\" IN ('own', 'party', 'all')", '("kind" = \'party\') = ("party_id" IS NOT NULL)')
