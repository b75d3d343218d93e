"""What became of agreements: the list, whom to call, and the round in the room."""
