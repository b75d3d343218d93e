"""mediations: sealed keys and sealed texts"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

PAIR = ("salt", "sealed_private", "enrolled_at")


def upgrade() -> None:
    op.create_table(
        "mediation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("alliance_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ending_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ending_person_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("destroy_on", sa.Date(), nullable=True),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliance.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
        sa.UniqueConstraint("alliance_id", "number", name="mediation_number_once"),
    )
    op.create_index("ix_mediation_alliance_id", "mediation", ["alliance_id"])
    op.create_table(
        "mediation_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alliance_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(length=200), nullable=False),
        sa.Column("asked_by", sa.String(length=120), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("mediation_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliance.id"]),
        sa.ForeignKeyConstraint(["mediation_id"], ["mediation.id"]),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_mediation_request_alliance_id", "mediation_request", ["alliance_id"])
    op.create_index("ix_mediation_request_participant_id", "mediation_request", ["participant_id"])
    op.create_table(
        "mediation_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mediation_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["mediation_id"], ["mediation.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("mediation_id", "letter", name="mediation_party_once"),
    )
    op.create_index("ix_mediation_party_mediation_id", "mediation_party", ["mediation_id"])
    whole = " AND ".join(f'("{column}" IS NULL) = ("public_key" IS NULL)' for column in PAIR)
    op.create_table(
        "mediation_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mediation_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("code_tries", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pair", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_private", sa.LargeBinary(), nullable=True),
        sa.Column("spare_salt", sa.LargeBinary(), nullable=True),
        sa.Column("spare_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(whole, name="mediation_pair_whole"),
        sa.CheckConstraint('("spare_salt" IS NULL) = ("spare_sealed" IS NULL)', name="mediation_spare_whole"),
        sa.CheckConstraint(
            '"admitted_at" IS NULL OR "public_key" IS NOT NULL', name="mediation_admitted_has_keys"
        ),
        sa.CheckConstraint(
            '"accepted_at" IS NULL OR "admitted_at" IS NOT NULL', name="mediation_accepted_admitted"
        ),
        sa.ForeignKeyConstraint(["mediation_id"], ["mediation.id"]),
        sa.ForeignKeyConstraint(["party_id"], ["mediation_party.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("link_hash"),
    )
    op.create_index("ix_mediation_person_mediation_id", "mediation_person", ["mediation_id"])
    op.create_index("ix_mediation_person_party_id", "mediation_person", ["party_id"])
    op.create_table(
        "mediation_audience",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mediation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("\"kind\" IN ('own', 'party', 'all')", name="mediation_audience_kind"),
        sa.CheckConstraint(
            '("kind" = \'party\') = ("party_id" IS NOT NULL)', name="mediation_audience_party"
        ),
        sa.CheckConstraint(
            '("kind" = \'own\') = ("person_id" IS NOT NULL)', name="mediation_audience_person"
        ),
        sa.ForeignKeyConstraint(["mediation_id"], ["mediation.id"]),
        sa.ForeignKeyConstraint(["party_id"], ["mediation_party.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["mediation_person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_mediation_audience_mediation_id", "mediation_audience", ["mediation_id"])
    op.create_table(
        "mediation_key",
        sa.Column("audience_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["audience_id"], ["mediation_audience.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["mediation_person.id"]),
        sa.PrimaryKeyConstraint("audience_id", "person_id"),
    )
    op.create_index("ix_mediation_key_person_id", "mediation_key", ["person_id"])
    op.create_table(
        "mediation_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mediation_id", sa.Integer(), nullable=False),
        sa.Column("audience_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["audience_id"], ["mediation_audience.id"]),
        sa.ForeignKeyConstraint(["mediation_id"], ["mediation.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("item"),
    )
    op.create_index("ix_mediation_item_mediation_id", "mediation_item", ["mediation_id"])
    op.create_index("ix_mediation_item_audience_id", "mediation_item", ["audience_id"])


def downgrade() -> None:
    for table in (
        "mediation_item",
        "mediation_key",
        "mediation_audience",
        "mediation_person",
        "mediation_party",
        "mediation_request",
        "mediation",
    ):
        op.drop_table(table)
