"""series of evenings, and who came again"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alliance_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliance.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_series_alliance_id", "series", ["alliance_id"])
    op.create_table(
        "series_person",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"]),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"]),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        sa.PrimaryKeyConstraint("participant_id"),
        sa.UniqueConstraint("workshop_id", "person", name="series_person_once"),
    )
    op.create_index("ix_series_person_series_id", "series_person", ["series_id"])
    with op.batch_alter_table("encounter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("encounter_of_series", "series", ["series_id"], ["id"])
        batch_op.create_index("ix_encounter_series_id", ["series_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("encounter", schema=None) as batch_op:
        batch_op.drop_index("ix_encounter_series_id")
        batch_op.drop_constraint("encounter_of_series", type_="foreignkey")
        batch_op.drop_column("series_id")
    op.drop_table("series_person")
    op.drop_table("series")
