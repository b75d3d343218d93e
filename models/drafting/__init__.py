"""Proposals, and what a principle says."""
