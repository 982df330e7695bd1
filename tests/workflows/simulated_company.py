"""A company simulated day by day: people act, an owner invites and reads, and everything the owner reads is kept."""

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
from bot.handlers import build_routes
from bot.handlers.interaction import Interaction
from bot.jobs.deliver import deliver_due
from bot.payloads import SETUP_FORMS, ButtonPayload, EmptyPayload, SetupPayload, WavePayload
from bot.rules.people_csv import PeopleListEntry
from bot.services import Services, UserRef
from bot.slack.client import FileIdCallback
from bot.slack.send_result import SendResult, Sent
from bot.timings import Timings
from bot.views.blocks import Message
from bot.views.waves.form_input import WaveForm
from bot.workflows.directory.people_list import import_lines
from bot.workflows.directory.sync import SyncRateLimit, sync_everybody
from bot.workflows.home import home
from bot.workflows.programme.roles import replace_role_holders
from bot.workflows.programme.settings import refresh_programme
from bot.workflows.waves import dry_run, launch, waves
from bot.workflows.waves.launch import invite_joiners
from bot.workflows.waves.participation import publish_figures_and_check_halt
from db.engine.database import Database
from db.models import Workspace
from db.models.programmes import Programme, Role
from db.models.waves import StoredWave
from db.queries import programmes, roles, workspaces
from db.queries import waves as stored_waves
from tests.workflows.owner_actions import save_wave
from tests.workflows.person_actions import ACTIONS_BY_NAME, ARABIC_USERS
from tests.workflows.recording_services import NOW, TEAM, RecordingMessenger

OWNER = "U0LINA"
COLLEAGUES = (OWNER, "U0MAYA", *(f"U0COLL{n}" for n in range(9)), *ARABIC_USERS)
HOUR = time(12)
"""The hour at which an owner works and everything due goes out."""
FIGURES = re.compile(
    r"(?:Started|Finished): (?:hidden|everyone)[^\n'\"]*|\S+ (?:started|finished) \([^)\n]*\)"
)
"""The figures that one person's actions may change: other tests cover the rule that they follow."""


@dataclass
class OwnerViewMessenger(RecordingMessenger):
    """A Slack that knows the whole company and records what reaches each channel and view."""

    owner_texts: list[str] = field(default_factory=list)
    """Everything that the owner can read, in order of arrival."""
    notices_by_channel: dict[str, list[str]] = field(default_factory=dict)
    """Proactive messages by the channel of their recipient."""

    async def call_with_retries(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Answer from the simulated company."""
        match method:
            case "users.list":
                return {"ok": True, "members": [_slack_profile(user) for user in COLLEAGUES]}
            case "users.info":
                return {"ok": True, "user": _slack_profile(str(arguments["user"]))}
            case "conversations.open":
                return {"ok": True, "channel": {"id": f"D{arguments['users'][1:]}"}}
            case "views.open" | "views.publish" if arguments.get("user_id", OWNER) == OWNER:
                self.owner_texts.append(str(arguments["view"]))
            case "views.open" | "views.publish":
                pass
            case _:
                return await super().call_with_retries(method, **arguments)
        return {"ok": True}

    async def post_reply(self, channel: str, message: Message, key: str) -> str:
        """Record the post if the owner reads it."""
        if channel == f"D{OWNER[1:]}":
            self.owner_texts.append(f"{message.text}\n{message.blocks}")
        return await super().post_reply(channel, message, key)

    async def post_notice(
        self, channel: str, message: Message, key: str, *, max_wait: timedelta
    ) -> SendResult:
        """Record the notice by its channel, and what the owner reads as well."""
        self.notices_by_channel.setdefault(channel, []).append(message.text)
        return Sent(await self.post_reply(channel, message, key))

    async def upload_file(
        self, channel: str, name: str, title: str, content: bytes, *, on_file_id: FileIdCallback | None = None
    ) -> str:
        """Record the content of a file for the owner."""
        if channel == f"D{OWNER[1:]}":
            self.owner_texts.append(f"{name}\n{title}\n{content.decode('utf-8-sig')}")
        return "F1"


def _slack_profile(user: str) -> dict[str, Any]:
    """Return a person as Slack describes them."""
    name = user.removeprefix("U0").title()
    return {
        "id": user,
        "team_id": TEAM,
        "real_name": f"{name} Person",
        "name": name.lower(),
        "tz": "Europe/Berlin",
        "locale": "ar" if user in ARABIC_USERS else "en-US",
        "deleted": False,
    }


@dataclass
class SimulatedCompany:
    """A company on its own database."""

    services: Services
    slack: OwnerViewMessenger
    clock: StoppedClock

    @classmethod
    async def create(cls, database: Database, *, reads_slack: bool) -> SimulatedCompany:
        """Set up a programme with an owner on a Monday, and read everybody from Slack if `reads_slack` is set."""
        slack, clock = OwnerViewMessenger(), StoppedClock(NOW)
        workspace = Workspace(TEAM, "Qamar Labs", "U0HAKAWATI", "B0HAKAWATI", NOW)
        gaps = replace(Timings(), channel_interval=timedelta(0), workspace_interval=timedelta(0))
        services = Services(database, slack, clock, workspace=workspace, crash=CrashPoints(), timings=gaps)
        async with services.transaction(durable=False) as connection:
            await workspaces.upsert_workspace(connection, workspace)
            programme = Programme(TEAM, "Qamar Labs", NOW, tz="Europe/Berlin")
            await programmes.upsert_programme(connection, programme)
            await roles.add_role(connection, TEAM, OWNER, Role.OWNER, at=NOW)
        await refresh_programme(services)
        world = cls(services, slack, clock)
        if reads_slack:
            await world.sync_directory()
        return world

    async def sync_directory(self) -> None:
        """Read everybody from Slack, as every night."""
        await sync_everybody(self.services, SyncRateLimit(pause_seconds=0))

    async def advance_days(self, days: int) -> None:
        """Advance by this number of days: at noon everything due goes out, and figures are published."""
        for _ in range(days):
            day = self.clock.now().date() + timedelta(days=1)
            self.clock.move(datetime.combine(day, HOUR, UTC))
            now = self.clock.now()
            await self.sync_directory()
            for job in (publish_figures_and_check_halt, invite_joiners, deliver_due):
                await job(self.services, now)
            await self.services.outgoing.wait_until_idle()

    async def perform(self, user: str, act: str) -> None:
        """Perform somebody's action; if it makes no sense now, the bot refuses it."""
        with suppress(BotError):
            await ACTIONS_BY_NAME[act](self.services, user)
        await self.services.outgoing.wait_until_idle()

    # An owner's actions

    async def save_wave(self, name: str, wish: Mapping[str, Any], *, starts: bool) -> None:
        """Save a wave that opens tomorrow, show its dry run, and start it if asked."""
        who = UserRef(TEAM, OWNER)
        opens_on = self.clock.now().date() + timedelta(days=1)
        kept = await save_wave(self.services, who, WaveForm(name, opens_on, **wish))
        dry_run.send_dry_run_later(self.services, who, kept.id)
        await self.services.outgoing.wait_until_idle()
        if starts:
            await launch.start(self.services, who, kept.id, version=kept.version)

    async def take_people_off(self, users: Collection[str]) -> None:
        """Remove people from the latest started wave, if any is open."""
        for wave in (await self._list_waves())[:1]:
            with suppress(BotError):
                await waves.remove_from_wave(self.services, UserRef(TEAM, OWNER), wave.id, users)

    async def upload_people_list(self, lines: Sequence[PeopleListEntry]) -> None:
        """Upload a people list."""
        taken, problems = await import_lines(self.services, tuple(lines), OWNER)
        self.slack.owner_texts.append(f"{taken} lines, {problems}")

    async def set_people_partners(self, partners: Collection[str]) -> None:
        """Make these people HR partners."""
        await replace_role_holders(self.services, UserRef(TEAM, OWNER), {Role.PEOPLE_PARTNER: partners})

    async def read_owner_screens(self) -> str:
        """Open every owner screen, and return what the owner has read since the last call, without the figures."""
        await home.publish_home(self.services, UserRef(TEAM, OWNER))
        every: list[tuple[str, ButtonPayload]] = [
            (ids.WAVE_OPEN, EmptyPayload()),
            (ids.DELIVERY_READ, EmptyPayload()),
            (ids.PROGRAMME_LOG, EmptyPayload()),
            *((ids.PROGRAMME_OPEN, SetupPayload(form)) for form in SETUP_FORMS),
        ]
        for wave in await self._list_waves():
            version = WavePayload(wave.id, wave.version)
            names = (
                ids.WAVE_OPEN,
                ids.WAVE_DRY_RUN,
                ids.WAVE_SAMPLE,
                ids.WAVE_REMOVAL_OPEN,
                ids.PARTICIPATION_READ,
            )
            every += [(name, version) for name in names]
        for name, payload in every:
            with suppress(BotError):
                await self._press_button(name, payload)
            await self.services.outgoing.wait_until_idle()
        names_of = {wave.id: wave.name for wave in await self._list_waves()}
        text, self.slack.owner_texts = "\n".join(self.slack.owner_texts), []
        for wave_id, name in names_of.items():
            text = text.replace(wave_id, f"<{name}>")
        return FIGURES.sub("(figure)", text.replace("\\n", "\n"))

    async def _press_button(self, name: str, payload: ButtonPayload) -> None:
        body = {
            "user": {"id": OWNER, "team_id": TEAM},
            "team": {"id": TEAM},
            "trigger_id": "1.1",
            "actions": [{"type": "button", "action_id": name, "value": payload.pack()}],
        }
        call = Interaction("action", name, UserRef(TEAM, OWNER), body, self.services)
        await build_routes()["action"][name](call)

    async def _list_waves(self) -> tuple[StoredWave, ...]:
        async with self.services.database.read_transaction() as connection:
            return await stored_waves.list_waves(connection, TEAM)


def lines_only_in_first(one: str, other: str) -> list[str]:
    """Return the lines that only the first reading has, for the report of a failed test."""
    other_lines = set(other.split("\n"))
    return [
        json.dumps(line[:300], ensure_ascii=False) for line in one.split("\n") if line not in other_lines
    ][:5]
