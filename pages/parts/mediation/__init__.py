"""Mediation as a facilitator sees it: asked for, ongoing, ended."""
