"""Notices, their snooze buttons, and the page about delivery."""
