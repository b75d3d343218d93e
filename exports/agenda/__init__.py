"""The agenda as a document, and what is read from it."""
