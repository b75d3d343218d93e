"""The page Prepare, card by card."""
