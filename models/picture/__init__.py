"""The picture that statements give of a place: what each group says, how sure that is, and what changed since."""
