"""Proposals and wording."""
