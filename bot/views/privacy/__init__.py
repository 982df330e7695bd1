"""Consents, personal data and the policy on words."""
