"""Startfoto: collecting what was found, and what it comes to."""
