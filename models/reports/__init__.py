"""Reports of building blocks: what stands in them, frozen as plain data."""
