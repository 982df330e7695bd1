"""Hakawati: a Slack bot with which people write their own career stories."""
