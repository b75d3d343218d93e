"""The parts of the alliance agenda, one file per part, in the order in which they are read."""
