"""Keeps a workspace in a file, so that a restarted one shows the old conversation."""

import asyncio
import base64
import contextlib
import json
import os
from dataclasses import asdict, fields
from datetime import timedelta
from pathlib import Path

from practice.files import File
from practice.messages import Message
from practice.payloads import GestureError, Json
from practice.people import CHANGEABLE
from practice.world import World

FORMAT = 1
PAUSE = 1.0


class StrangeFileError(OSError):
    """The file does not hold a workspace, or it holds another one."""


class Memory:
    """Reads the file at the start, and writes it when something has changed and at the end."""

    def __init__(self, world: World, place: Path) -> None:
        self._world = world
        self._place = place
        self._told = -1
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Recall what the file holds, and begin to keep it."""
        with contextlib.suppress(FileNotFoundError):
            self._recall()
        self._told = self._world.live.told
        self._task = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Keep everything one last time."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._save()

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(PAUSE)
            self._save()

    def _recall(self) -> None:
        try:
            recall(self._world, json.loads(self._place.read_text(encoding="utf-8")))
        except (ValueError, KeyError, TypeError, GestureError) as problem:
            raise StrangeFileError(
                f"{self._place} does not hold this practice workspace: {problem}"
            ) from problem

    def _save(self) -> None:
        told = self._world.live.told
        if told == self._told:
            return
        self._place.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._place.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(snapshot(self._world), file)
        fresh.replace(self._place)
        self._told = told


def snapshot(world: World) -> Json:
    """Give everything worth keeping; open modals, triggers and the journal are not."""
    return {
        "format": FORMAT,
        "team": world.company.team_id,
        "offset_seconds": world.clock.offset.total_seconds(),
        "messages": [asdict(message) for message in world.messages.everything()],
        "files": [_file(file) for file in world.files.everything() if file.uploaded],
        "people": {p.id: {name: getattr(p, name) for name in sorted(CHANGEABLE)} for p in world.people},
        "members": {c.id: c.members for c in world.channels if not c.dm_with},
        "settings": {c.id: [c.archived, c.read_only] for c in world.channels if not c.dm_with},
        "homes": {home.user: home.content for home in world.views.homes()},
        "read": [[user, channel, n] for (user, channel), n in world.read_up_to.items()],
    }


def recall(world: World, kept: Json) -> None:
    """Put back what was kept; another company's file is refused."""
    if kept.get("format") != FORMAT or kept.get("team") != world.company.team_id:
        raise GestureError("This file keeps another workspace, or one of another version.")
    world.clock.advance(timedelta(seconds=kept["offset_seconds"]))
    for user, changed in kept["people"].items():
        if world.people.find(user) is not None:
            world.people.change(user, changed)
    for channel, members in kept["members"].items():
        found = world.channels.find(channel)
        if found is not None:
            found.members = members
    for channel, (archived, read_only) in kept.get("settings", {}).items():
        found = world.channels.find(channel)
        if found is not None:
            found.archived, found.read_only = archived, read_only
    known = {field.name for field in fields(Message)}
    for raw in sorted(kept["messages"], key=lambda one: one["n"]):
        message = Message(**{name: value for name, value in raw.items() if name in known})
        if message.channel.startswith("D"):
            world.channels.dm(f"U{message.channel[1:]}")
        message.replies, message.stored_at = [], 0.0  # the replies count themselves again as they come
        world.messages.add(message)
        if message.deleted:
            world.messages.remove(message)
    for raw in kept["files"]:
        world.files.restore(File(**{**raw, "content": base64.b64decode(raw["content"])}))
    for user, content in kept["homes"].items():
        world.views.publish(user, content)
    world.read_up_to = {(user, channel): n for user, channel, n in kept["read"]}


def _file(file: File) -> Json:
    return {**asdict(file), "content": base64.b64encode(file.content).decode()}
