"""Persistence of a workspace in a file, so that a restarted one shows the old conversation."""

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
from practice.people import CHANGEABLE_FIELDS
from practice.world import World

FORMAT_VERSION = 1
SAVE_INTERVAL = 1.0


class InvalidStateFileError(OSError):
    """The file doesn't hold a workspace, or holds another one."""


class Persistence:
    """Loader at the start, and saver on changes and at the end."""

    def __init__(self, world: World, path: Path) -> None:
        self._world = world
        self._path = path
        self._saved_count = -1
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Load the file and start saving regularly."""
        with contextlib.suppress(FileNotFoundError):
            self._restore()
        self._saved_count = self._world.push.sent_count
        self._task = asyncio.create_task(self._save_regularly())

    async def stop(self) -> None:
        """Stop saving regularly, and save one last time."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._save()

    async def _save_regularly(self) -> None:
        while True:
            await asyncio.sleep(SAVE_INTERVAL)
            self._save()

    def _restore(self) -> None:
        try:
            restore(self._world, json.loads(self._path.read_text(encoding="utf-8")))
        except (ValueError, KeyError, TypeError, GestureError) as problem:
            raise InvalidStateFileError(
                f"{self._path} does not hold this practice workspace: {problem}"
            ) from problem

    def _save(self) -> None:
        sent_count = self._world.push.sent_count
        if sent_count == self._saved_count:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new_file = self._path.with_suffix(".new")
        with os.fdopen(os.open(new_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(snapshot(self._world), file)
        new_file.replace(self._path)
        self._saved_count = sent_count


def snapshot(world: World) -> Json:
    """Return everything worth saving: not open modals, triggers or the journal."""
    return {
        "format": FORMAT_VERSION,
        "team": world.company.team_id,
        "offset_seconds": world.clock.offset.total_seconds(),
        "messages": [asdict(message) for message in world.messages.all_messages()],
        "files": [_file_json(file) for file in world.files.all_files() if file.uploaded],
        "people": {
            p.id: {name: getattr(p, name) for name in sorted(CHANGEABLE_FIELDS)} for p in world.people
        },
        "members": {c.id: c.members for c in world.channels if not c.dm_with},
        "settings": {c.id: [c.archived, c.read_only] for c in world.channels if not c.dm_with},
        "homes": {home.user: home.content for home in world.views.all_homes()},
        "read": [[user, channel, n] for (user, channel), n in world.last_read.items()],
    }


def restore(world: World, saved: Json) -> None:
    """Load a saved snapshot; another company's is refused."""
    if saved.get("format") != FORMAT_VERSION or saved.get("team") != world.company.team_id:
        raise GestureError("This file keeps another workspace, or one of another version.")
    world.clock.advance(timedelta(seconds=saved["offset_seconds"]))
    for user, changed in saved["people"].items():
        if world.people.find(user) is not None:
            world.people.upsert(user, changed)
    for channel, members in saved["members"].items():
        found = world.channels.find(channel)
        if found is not None:
            found.members = members
    for channel, (archived, read_only) in saved.get("settings", {}).items():
        found = world.channels.find(channel)
        if found is not None:
            found.archived, found.read_only = archived, read_only
    known = {field.name for field in fields(Message)}
    for raw in sorted(saved["messages"], key=lambda message: message["n"]):
        message = Message(**{name: value for name, value in raw.items() if name in known})
        if message.channel.startswith("D"):
            world.channels.open_dm(f"U{message.channel[1:]}")
        message.replies, message.stored_at = [], 0.0  # the replies are counted again as they're added
        world.messages.add(message)
        if message.deleted:
            world.messages.remove(message)
    for raw in saved["files"]:
        world.files.restore(File(**{**raw, "content": base64.b64decode(raw["content"])}))
    for user, content in saved["homes"].items():
        world.views.publish(user, content)
    world.last_read = {(user, channel): n for user, channel, n in saved["read"]}


def _file_json(file: File) -> Json:
    return {**asdict(file), "content": base64.b64encode(file.content).decode()}
