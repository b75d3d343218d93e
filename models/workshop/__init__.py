"""A meeting and who is there."""
