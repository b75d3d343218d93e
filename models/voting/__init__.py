"""Rounds, ballots, what they decide, and what is kept of them."""
