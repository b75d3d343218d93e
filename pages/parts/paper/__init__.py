"""The page of paper votes, card by card."""
