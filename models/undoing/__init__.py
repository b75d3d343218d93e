"""Undoing: what can be taken back, until when, and how. Never what cannot be: a result that was shown."""
