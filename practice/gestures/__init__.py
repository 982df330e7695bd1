"""Gestures of people in the practice workspace: messages, interactions, modals."""
