"""What a person sees of a story: its questions, lines, draft and end."""
