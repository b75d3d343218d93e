"""What is stored about one participant, told to that participant, and their name taken out of it."""
