"""Invitations: kept, previewed, started, answered and counted."""
