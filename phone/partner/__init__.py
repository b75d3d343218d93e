"""A partner's link: agreements, text, signature."""
