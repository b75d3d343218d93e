"""The two sentences of an error."""

Told = tuple[str, str]
"""What happened, and what one can do about it: each one or more whole sentences."""
