"""What who leads sees of a startfoto's statements: the set, the round by link and in the room, the dots after it."""
