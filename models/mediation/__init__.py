"""Mediation: a conversation that nobody else can open."""
