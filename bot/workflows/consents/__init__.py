"""Consents, given and withdrawn."""
