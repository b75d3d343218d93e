"""What several pages share, named after what one sees."""
