"""What table hosts do: type proposals and sheets, and see nothing else."""
