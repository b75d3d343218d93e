"""What became of agreements: what their owners report, and the figures of an alliance."""
