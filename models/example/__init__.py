"""The example town."""
