"""The screens of the bot, as Block Kit. Pure."""
