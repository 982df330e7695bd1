"""The programme's settings, for its owners."""
