"""A workspace that answers like Slack, so that the bot can be tried and tested unmodified."""
