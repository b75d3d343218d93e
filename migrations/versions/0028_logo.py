"""an alliance has a logo, and what was frozen with one keeps it"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alliance_logo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alliance_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliance.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("alliance_id", "sha256", name="alliance_logo_once"),
    )
    op.create_index("ix_alliance_logo_alliance_id", "alliance_logo", ["alliance_id"])
    op.add_column("alliance", sa.Column("logo", sa.String(length=64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("alliance") as made_again:
        made_again.drop_column("logo")
    op.drop_index("ix_alliance_logo_alliance_id", table_name="alliance_logo")
    op.drop_table("alliance_logo")
