"""Replies about the people list."""
