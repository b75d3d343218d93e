"""What is printed for the room."""
