"""Somebody who runs the programme invites people: the form, the dry run, a sample, and the start."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot import ids
from bot.errors import NoWave
from bot.handlers.interaction import Call, Reply, Routes
from bot.i18n import Texts
from bot.text import from_field
from bot.views.blocks import Message, named, section
from bot.views.dates import on
from bot.views.view_state import answers
from bot.views.waves import form as views
from bot.views.waves.participation import participation
from bot.workflows.home import home
from bot.workflows.people.members import spoken
from bot.workflows.people.replies import post, tell
from bot.workflows.programme import halt
from bot.workflows.waves import dry_run, launch, waves
from bot.workflows.waves import participation as participating
from bot.workflows.waves.waves import Wish
from db.models.programmes import Programme
from db.queries import employee_records
from db.queries import waves as stored

YEAR = timedelta(days=366)


async def open_form(call: Call) -> Reply:
    """[Invite people], and [Change] under a dry run."""
    person, programme = await waves.runs(call.services, call.who)
    texts, wave_id = spoken(person), call.carried.about
    async with call.services.database.reading() as connection:
        wave = await stored.find_wave(connection, call.who.team, wave_id) if wave_id else None
        members = await stored.list_members(connection, call.who.team, wave_id)
        listed = await employee_records.list_listings(connection, call.who.team)
    if wave_id and (wave is None or wave.started_at):
        raise NoWave
    teams = sorted({listing.works_in for listing in listed.values() if listing.works_in})
    first = waves.first_day(call.services, programme)
    choices = views.Choices(views.segment_names(programme, texts), tuple(teams), first)
    view = views.form(wave, members, choices, texts)
    await call.services.messenger.once("views.open", trigger_id=call.trigger, view=view)
    return None


async def set_halt(call: Call) -> Reply:
    """[Halt everything], and [Go on]."""
    await waves.runs(call.services, call.who)
    halted = call.carried.choice == "yes"
    await halt.set_halt(call.services, call.who, halted=halted)
    home.publish_later(call.services, call.who)
    return None


async def read_participation(call: Call) -> Reply:
    """[Who took part]: in numbers."""
    person, programme = await waves.runs(call.services, call.who)
    found = await participating.participation_of(call.services, programme, call.carried.about)
    texts = spoken(person)
    view = participation(found, views.segment_names(programme, texts), texts)
    await call.services.messenger.once("views.open", trigger_id=call.trigger, view=view)
    return None


async def open_off(call: Call) -> Reply:
    """[Take somebody off] beside a wave that has started."""
    person, _ = await waves.runs(call.services, call.who)
    async with call.services.database.reading() as connection:
        wave = await stored.find_wave(connection, call.who.team, call.carried.about)
    if wave is None or wave.started_at is None:
        raise NoWave
    view = views.off_form(wave, spoken(person))
    await call.services.messenger.once("views.open", trigger_id=call.trigger, view=view)
    return None


async def take_off(call: Call) -> Reply:
    """The people named there. The answer is the same whoever they are, and whatever they have done with it."""
    person, _ = await waves.runs(call.services, call.who)
    users = set(answers(call.view).get(views.OFF) or ())
    about = call.carried.about
    wave = await waves.take_off(call.services, call.who, about, users)
    said = spoken(person).say("wave-off-done", name=named(wave.name), n=len(users))
    post(call.services, call.who, Message(said, (section(said),)))
    return None


async def keep(call: Call) -> Reply:
    """The form: kept, and shown as a dry run."""
    person, programme = await waves.runs(call.services, call.who)
    given, texts = answers(call.view), spoken(person)
    wrong = _wrong(call, given, programme, texts)
    if wrong:
        return {"response_action": "errors", "errors": wrong}
    wish, carried = _wish(given), call.carried
    wave = await waves.keep(call.services, call.who, wish, before=carried.about, version=carried.question)
    dry_run.show_later(call.services, call.who, wave.id)
    home.publish_later(call.services, call.who)
    return None


async def show_dry_run(call: Call) -> Reply:
    """[Dry run] on the Home tab: once more, by what is known now."""
    await waves.runs(call.services, call.who)
    dry_run.show_later(call.services, call.who, call.carried.about)
    return None


async def send_sample(call: Call) -> Reply:
    """[Send it to me]."""
    await waves.runs(call.services, call.who)
    carried = call.carried
    async with call.services.database.reading() as connection:
        wave = await waves.same_wave(connection, call.who, carried.about, carried.question)
    dry_run.sample_later(call.services, call.who, wave)
    return None


async def drop(call: Call) -> Reply:
    """[Throw it away]."""
    await waves.runs(call.services, call.who)
    carried = call.carried
    await waves.drop(call.services, call.who, carried.about, version=carried.question)
    await tell(call.services, call.who, "wave-dropped")
    home.publish_later(call.services, call.who)
    return None


async def start(call: Call) -> Reply:
    """[Start]: from now on everything goes out by itself, at its hour."""
    person, _ = await waves.runs(call.services, call.who)
    carried = call.carried
    wave = await launch.start(call.services, call.who, carried.about, version=carried.question)
    texts = spoken(person)
    said = texts.say("wave-started", name=named(wave.name), opens=on(wave.opens_on, texts))
    post(call.services, call.who, Message(said, (section(said),)))
    home.publish_later(call.services, call.who)
    return None


def _wish(given: Mapping[str, Any]) -> Wish:
    whom = given.get("whom") or ()
    return Wish(
        " ".join(from_field(given["name"]).split()),
        date.fromisoformat(given["opens_on"]),
        "\n".join(_greeting(given)),
        segments=tuple(name for name in whom if name != views.EXECUTIVES),
        teams=given.get("teams") or (),
        executives=views.EXECUTIVES in whom,
        chosen=given.get("chosen") or (),
        chosen_out=given.get("chosen_out") or (),
        channel=given.get("channel") or None,
    )


def _greeting(given: Mapping[str, Any]) -> list[str]:
    """The owner's own lines, without empty ones around and between."""
    return [line.strip() for line in from_field(given["greeting"]).splitlines() if line.strip()]


def _wrong(call: Call, given: Mapping[str, Any], programme: Programme, texts: Texts) -> dict[str, str]:
    wrong = {}
    if not given["name"].strip():
        wrong["name"] = texts.label("wave-name-empty")
    if not any(given.get(name) for name in ("whom", "teams", "chosen")):
        wrong["chosen"] = texts.label("wave-whom-empty")
    if len(_greeting(given)) > views.GREETING_LINES:
        wrong["greeting"] = texts.label("wave-greeting-long")
    first = waves.first_day(call.services, programme)
    if not given["opens_on"] or not first <= date.fromisoformat(given["opens_on"]) <= first + YEAR:
        wrong["opens_on"] = texts.label("wave-opens-wrong")
    return wrong


ROUTES: Routes = {
    "action": {
        ids.WAVE_OPEN: open_form,
        ids.WAVE_DRY: show_dry_run,
        ids.WAVE_SAMPLE: send_sample,
        ids.WAVE_DROP: drop,
        ids.WAVE_START: start,
        ids.WAVE_OFF: open_off,
        ids.HALT_SET: set_halt,
        ids.PARTICIPATION_READ: read_participation,
    },
    "submission": {ids.WAVE_KEEP: keep, ids.WAVE_TAKE_OFF: take_off},
}
