"""The plan of approach as a file."""
