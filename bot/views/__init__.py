"""What a person sees, as Block Kit. Pure."""
