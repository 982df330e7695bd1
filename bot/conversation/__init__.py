"""How a story is asked for: steps, state, answers, dealing cards, turns, composing. Pure."""
