"""How far the plan of approach is: what is done, what is now, and what comes next."""
