"""A practice workspace that answers like Slack, for trying and testing the unmodified bot."""
