"""How people want to be written to: opt-out, quiet until a date, snooze."""
