"""Rights, due times and allowed hours: decided from facts alone, with the time as an argument."""
