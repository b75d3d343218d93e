"""An alliance, its partners and its groups."""
