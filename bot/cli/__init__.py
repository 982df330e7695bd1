"""The commands of `hakawati` apart from running the bot."""
