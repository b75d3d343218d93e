"""From a proposal to a signature."""
