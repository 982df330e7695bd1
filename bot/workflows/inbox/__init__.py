"""Messages in the DM: what they mean, and where they go."""
