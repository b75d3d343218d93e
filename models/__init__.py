"""The domain of Handslag: tables, rules and actions. Knows no screen and no HTTP."""
