"""The agenda: frozen, signed, kept."""
