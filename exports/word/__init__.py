"""Making a Word document that is lean, accessible and the same bytes every time."""
