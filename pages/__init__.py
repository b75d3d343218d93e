"""What facilitators and the projector see: pages that read, show, and hand clicks to an action."""
