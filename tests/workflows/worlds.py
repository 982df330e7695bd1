"""A company that lives through days: people act, an owner invites and looks, and all that the owner reads is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from bot import ids
from bot.clock import StoppedClock
from bot.crash_points import CrashPoints
from bot.errors import BotError
from bot.handlers import table
from bot.handlers.interaction import Call
from bot.ids import Carried
from bot.jobs.days import close_day
from bot.jobs.deliver import deliver
from bot.jobs.joiners import invite_joiners
from bot.rules.people_csv import Entry
from bot.services import Services, Who
from bot.slack.client import Known
from bot.slack.send_result import Outcome, Sent
from bot.timings import Timings
from bot.views.blocks import Message
from bot.workflows.directory.people_list import take_lines
from bot.workflows.directory.sync import Pace, read_everybody
from bot.workflows.home import home
from bot.workflows.programme.settings import look_up, set_holders
from bot.workflows.waves import dry_run, launch, waves
from bot.workflows.waves.waves import Wish
from db.engine.database import Database
from db.models import Workspace
from db.models.programmes import Programme, Role
from db.models.waves import StoredWave
from db.queries import programmes, roles, workspaces
from db.queries import waves as stored_waves
from tests.workflows.acts import ACTS, ARABIC
from tests.workflows.companies import NOW, TEAM, Recorder

OWNER = "U0LINA"
COLLEAGUES = (OWNER, "U0MAYA", *(f"U0COLL{n}" for n in range(9)), *ARABIC)
HOUR = time(12)
"""When an owner works, and everything that is due goes out."""
FIGURES = re.compile(
    r"(?:Started|Finished): (?:hidden|everyone)[^\n'\"]*|\S+ (?:started|finished) \([^)\n]*\)"
)
"""The figures that may differ when one person does: they follow a rule that has laws of its own."""


@dataclass
class Onlooker(Recorder):
    """Slack, as one workspace sees it: it answers about everybody, and keeps what reaches each channel and view."""

    read: list[str] = field(default_factory=list)
    """All that the owner can read, as it came."""
    came: dict[str, list[str]] = field(default_factory=dict)
    """What came to each person unprompted."""

    async def call(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Answer about the company."""
        match method:
            case "users.list":
                return {"ok": True, "members": [_user(user) for user in COLLEAGUES]}
            case "users.info":
                return {"ok": True, "user": _user(str(arguments["user"]))}
            case "conversations.open":
                return {"ok": True, "channel": {"id": f"D{arguments['users'][1:]}"}}
            case "views.open" | "views.publish" if arguments.get("user_id", OWNER) == OWNER:
                self.read.append(str(arguments["view"]))
        return {"ok": True}

    async def reply(self, channel: str, message: Message, key: str) -> str:
        """Keep what the owner reads."""
        if channel == f"D{OWNER[1:]}":
            self.read.append(f"{message.text}\n{message.blocks}")
        return await super().reply(channel, message, key)

    async def notify(self, channel: str, message: Message, key: str, *, within: timedelta) -> Outcome:
        """Keep it by its channel; what comes to the owner is read."""
        self.came.setdefault(channel, []).append(message.text)
        return Sent(await self.reply(channel, message, key))

    async def upload(
        self, channel: str, name: str, title: str, content: bytes, *, known: Known | None = None
    ) -> str:
        """Keep what stands in it."""
        if channel == f"D{OWNER[1:]}":
            self.read.append(f"{name}\n{title}\n{content.decode('utf-8-sig')}")
        return "F1"


def _user(user: str) -> dict[str, Any]:
    """Somebody, as Slack describes them."""
    name = user.removeprefix("U0").title()
    return {
        "id": user,
        "team_id": TEAM,
        "real_name": f"{name} Person",
        "name": name.lower(),
        "tz": "Europe/Berlin",
        "locale": "ar" if user in ARABIC else "en-US",
        "deleted": False,
    }


@dataclass
class World:
    """One company, on a database of its own."""

    services: Services
    slack: Onlooker
    clock: StoppedClock

    @classmethod
    async def begins(cls, database: Database, *, reads_slack: bool) -> World:
        """A programme that has been set up on a Monday, with an owner; everybody may have been read from Slack."""
        slack, clock = Onlooker(), StoppedClock(NOW)
        workspace = Workspace(TEAM, "Qamar Labs", "U0HAKAWATI", "B0HAKAWATI", NOW)
        gaps = replace(Timings(), channel_gap=timedelta(0), workspace_gap=timedelta(0))
        services = Services(database, slack, clock, workspace=workspace, crash=CrashPoints(), timings=gaps)
        async with services.transaction(durable=False) as connection:
            await workspaces.put_workspace(connection, workspace)
            programme = Programme(TEAM, "Qamar Labs", NOW, tz="Europe/Berlin")
            await programmes.put_programme(connection, programme)
            await roles.add_role(connection, TEAM, OWNER, Role.OWNER, at=NOW)
        await look_up(services)
        world = cls(services, slack, clock)
        if reads_slack:
            await world.reads_slack()
        return world

    async def reads_slack(self) -> None:
        """Everybody is read, as every night."""
        await read_everybody(self.services, Pace(pause=0))

    async def days_go_by(self, days: int) -> None:
        """Live through these days: at noon everything that is due goes out, and figures are published."""
        for _ in range(days):
            day = self.clock.now().date() + timedelta(days=1)
            self.clock.move(datetime.combine(day, HOUR, UTC))
            now = self.clock.now()
            await self.reads_slack()
            for job in (close_day, invite_joiners, deliver):
                await job(self.services, now)
            await self.services.voice.quiet()

    async def does(self, user: str, act: str) -> None:
        """Somebody does something; where it makes no sense, nothing comes of it."""
        with suppress(BotError):
            await ACTS[act](self.services, user)
        await self.services.voice.quiet()

    # What an owner does

    async def invites(self, name: str, wish: Mapping[str, Any], *, starts: bool) -> None:
        """Keep a wave that opens tomorrow, look at its dry run, and start it or not."""
        who = Who(TEAM, OWNER)
        opens_on = self.clock.now().date() + timedelta(days=1)
        kept = await waves.keep(self.services, who, Wish(name, opens_on, **wish), before="")
        dry_run.show_later(self.services, who, kept.id)
        await self.services.voice.quiet()
        if starts:
            await launch.start(self.services, who, kept.id, version=str(kept.version))

    async def takes_off(self, users: Collection[str]) -> None:
        """Take people off the wave that was started last, if any is open."""
        for wave in (await self._waves())[:1]:
            with suppress(BotError):
                await waves.take_off(self.services, Who(TEAM, OWNER), wave.id, users)

    async def gives_a_list(self, lines: Sequence[Entry]) -> None:
        """Give an employee list."""
        taken, problems = await take_lines(self.services, tuple(lines), OWNER)
        self.slack.read.append(f"{taken} lines, {problems}")

    async def puts_in_charge(self, partners: Collection[str]) -> None:
        """Let these people be HR partners."""
        await set_holders(self.services, Who(TEAM, OWNER), {Role.PEOPLE_PARTNER: partners})

    async def looks(self) -> str:
        """Open everything that an owner can open; all that they have read since the last look, without the figures."""
        await home.publish(self.services, Who(TEAM, OWNER))
        every: list[tuple[str, Carried]] = [
            (ids.WAVE_OPEN, Carried()),
            (ids.DELIVERY_READ, Carried()),
            (ids.PROGRAMME_LOG, Carried()),
            *(
                (ids.PROGRAMME_OPEN, Carried(about=form))
                for form in ("company", "times", "channels", "people")
            ),
        ]
        for wave in await self._waves():
            carried = Carried(about=wave.id, question=str(wave.version))
            names = (ids.WAVE_OPEN, ids.WAVE_DRY, ids.WAVE_SAMPLE, ids.WAVE_OFF, ids.PARTICIPATION_READ)
            every += [(name, carried) for name in names]
        for name, carried in every:
            with suppress(BotError):
                await self._opens(name, carried)
            await self.services.voice.quiet()
        names_of = {wave.id: wave.name for wave in await self._waves()}
        text, self.slack.read = "\n".join(self.slack.read), []
        for wave_id, name in names_of.items():
            text = text.replace(wave_id, f"<{name}>")
        return FIGURES.sub("(figure)", text.replace("\\n", "\n"))

    async def _opens(self, name: str, carried: Carried) -> None:
        body = {
            "user": {"id": OWNER, "team_id": TEAM},
            "team": {"id": TEAM},
            "trigger_id": "1.1",
            "actions": [{"type": "button", "action_id": name, "value": carried.pack()}],
        }
        call = Call("action", name, Who(TEAM, OWNER), body, self.services)
        await table()["action"][name](call)

    async def _waves(self) -> tuple[StoredWave, ...]:
        async with self.services.database.reading() as connection:
            return await stored_waves.list_waves(connection, TEAM)


def difference(one: str, other: str) -> list[str]:
    """The lines of one reading that the other has not, for a test that fails."""
    theirs = set(other.split("\n"))
    return [json.dumps(line[:300], ensure_ascii=False) for line in one.split("\n") if line not in theirs][:5]
