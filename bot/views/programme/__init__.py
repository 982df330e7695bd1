"""What the people who run the programme see of its settings."""
