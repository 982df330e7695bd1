"""Slack's Web API, Events API and Socket Mode, as the bot uses them."""
