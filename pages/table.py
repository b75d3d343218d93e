"""Proposals of a table, typed by who hosts it."""

from pages.parts.frame.acting import visitor
from pages.parts.frame.live import live
from pages.parts.frame.room_now import room_of
from pages.parts.frame.words import gettext as _
from pages.parts.hosting.head import head
from pages.parts.hosting.proposals import TABLE, proposals_of_my_table

room = room_of(visitor("table"))
head(room, _("Proposals of a table"))
proposals_of_my_table(room)
live(room.workshop.code, TABLE, has_bar=False, is_gentle=True)
