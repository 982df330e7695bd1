"""The HTTP side of the bot: Slack's requests and the health check."""
