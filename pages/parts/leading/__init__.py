"""The page that leads the room, part by part."""
