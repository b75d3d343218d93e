"""What knows nothing of Handslag: the clock, texts, words, errors, keys and codes."""
