"""Startfoto: what is found out about a place, what it comes to, and what can be better."""
