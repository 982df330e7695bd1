"""Waves of invitations: saved, previewed, started, answered and counted."""
