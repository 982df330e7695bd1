"""Who may, what is due, and when it may be said: decided from facts alone, with the time as an argument."""
