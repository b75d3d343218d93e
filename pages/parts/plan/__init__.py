"""The page of the plan of approach, part by part."""
