"""The pure rules by which a story is asked for: steps, actions, dealing cards, turns, and composing the text."""
