"""What every page of a facilitator has."""
