"""The page of signing, part by part."""
