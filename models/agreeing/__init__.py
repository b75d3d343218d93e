"""Agreements and who carries them."""
