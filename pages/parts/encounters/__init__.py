"""The evening at mixed tables as who leads prepares and leads it."""
