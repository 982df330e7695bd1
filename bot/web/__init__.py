"""What the bot serves over HTTP: requests from Slack and the health check."""
