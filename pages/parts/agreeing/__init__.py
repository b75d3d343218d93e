"""The page of the agreements, part by part, as one sees it from top to bottom."""
