"""Somebody typed the slash command."""

from __future__ import annotations

from bot import ids
from bot.handlers.interaction import Call, Reply, Routes
from bot.views.stories.replies import command_help
from bot.workflows.people.members import meet, spoken
from bot.workflows.people.replies import say
from bot.workflows.stories import start

STORY = frozenset({"", "story", "قصة", "القصة"})
HELP = frozenset({"help", "?", "مساعدة", "المساعدة"})


async def command(call: Call) -> Reply:
    """`/hakawati`, alone or with a word: begin or go on, or explain."""
    person = await meet(call.services, call.who, at=call.services.clock.now())
    texts = spoken(person)
    word = str(call.body.get("text") or "").strip().lower()
    if word in STORY:
        say(call.services, call.who, await start.begin(call.services, call.who))
        return texts.say("command-done")
    return command_help(texts, unknown=word not in HELP)


ROUTES: Routes = {"command": {ids.COMMAND: command}}
