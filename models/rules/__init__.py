"""Rules as pure functions on plain values: no session, no clock, no translation."""
