"""A startfoto in the room and by link: its meeting, its one round of statements, and what was answered."""
