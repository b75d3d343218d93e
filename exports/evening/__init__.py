"""What an evening at mixed tables did, as a document."""
