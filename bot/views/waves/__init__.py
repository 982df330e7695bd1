"""What owners see of invitations, and what people are sent."""
