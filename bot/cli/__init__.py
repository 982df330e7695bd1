"""The command line: what `hakawati` does besides running the bot."""
