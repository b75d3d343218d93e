"""How a page is served: the guard, limits, cookies, errors, rendering."""
