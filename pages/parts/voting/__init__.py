"""The page of voting, part by part."""
