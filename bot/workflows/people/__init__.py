"""People: who they are, where they are, and replies to them."""
