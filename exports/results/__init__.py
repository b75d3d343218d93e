"""Results as rows and parts, for screens and documents."""
