"""The home page, part by part."""
