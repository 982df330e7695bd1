"""Slack's directory and the people list."""
