"""the secret of an open anonymous round in a small table, which PostgreSQL rewrites at the close"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "round_secret",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"]),
        sa.PrimaryKeyConstraint("round_id"),
    )
    op.execute(
        "INSERT INTO round_secret (round_id, sealed) SELECT id, secret FROM round WHERE secret IS NOT NULL"
    )
    if op.get_bind().dialect.name == "postgresql":
        # Its statistics would keep secrets in another table.
        op.execute("ALTER TABLE round_secret ALTER COLUMN sealed SET STATISTICS 0")
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_column("secret")
    if op.get_bind().dialect.name == "postgresql":
        # Old rows of the table, with the secrets of rounds that are long closed, stay until it is written again.
        op.execute("CLUSTER round USING round_pkey")


def downgrade() -> None:
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("secret", sa.LargeBinary(), nullable=True))
    op.execute(
        "UPDATE round SET secret = (SELECT sealed FROM round_secret WHERE round_secret.round_id = round.id)"
    )
    op.drop_table("round_secret")
