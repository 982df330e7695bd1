"""Preferences: opt-out, quiet until a date, snooze, frequency, and settings on the Home tab."""
