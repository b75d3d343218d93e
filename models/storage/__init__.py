"""How one reads, writes, locks, forgets, and tells who listens."""
