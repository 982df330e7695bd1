"""Slack's Web API: one file for each family of methods; importing the package registers them all."""

from practice.web_api import chat, conversations, files, reactions, team, users, views
from practice.web_api.methods import METHODS

__all__ = ["METHODS", "chat", "conversations", "files", "reactions", "team", "users", "views"]
