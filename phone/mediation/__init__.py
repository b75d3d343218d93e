"""Mediation: the pages of its mediator and its parties, which open with six words."""
