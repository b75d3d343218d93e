"""Re-bubbelen: meetings at mixed tables, in which people become part of several bubbles."""
