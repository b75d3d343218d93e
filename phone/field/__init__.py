"""An interview in the field, and what who was interviewed chooses afterwards."""
