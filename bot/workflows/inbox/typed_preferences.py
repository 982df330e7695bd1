"""Preferences typed as a message: fewer messages, later ones, none until a day, or as usual again."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation.preference_phrases import PreferenceRequest, QuietUntilRequest
from bot.conversation.turns import MisreadAsAnswer
from bot.errors import BotError, DraftNotFoundError
from bot.rules.reminder_schedule import SnoozeChoice
from bot.services import Services, UserRef
from bot.text import parse_date
from bot.views.delivery import snooze as views
from bot.workflows.home.home import publish_home_later
from bot.workflows.people.calendars import load_calendar
from bot.workflows.people.members import texts_for
from bot.workflows.people.replies import send_message_later, send_sentence_later
from bot.workflows.preferences import quiet_until
from bot.workflows.preferences.frequency import set_fewer_messages
from bot.workflows.preferences.snooze import snooze_latest_notice
from bot.workflows.stories.show import show_turn
from bot.workflows.stories.turn import TurnRequest, take_turn
from db.models import Person

_EXAMPLE_OFFSET = timedelta(days=14)
"""The distance of the day that is given as an example."""


async def apply_and_confirm_preference(
    services: Services, person: Person, preference: PreferenceRequest | QuietUntilRequest, event: str
) -> None:
    """Apply the preference, and confirm it. An opt-out stays: only an explicit choice takes it back."""
    who = UserRef(person.team_id, person.user_id)
    if person.is_stopped:
        await _record_event(services, who, event)
        return await send_sentence_later(services, who, "wish-stopped")
    match preference:
        case QuietUntilRequest(day):
            await _set_quiet_until(services, person, day, event)
        case PreferenceRequest.FEWER:
            await set_fewer_messages(services, who, fewer=True, event=event)
            await send_sentence_later(services, who, "invitation-fewer-said")
        case PreferenceRequest.USUAL:
            await quiet_until.clear_quiet_and_fewer(services, who, event)
            await send_sentence_later(services, who, "usual-said")
        case _:
            await _snooze(services, person, SnoozeChoice(preference), event)
    return publish_home_later(services, who)


async def apply_misread_preference(
    services: Services,
    person: Person,
    preference: PreferenceRequest,
    misread: MisreadAsAnswer,
    *,
    draft_id: str,
) -> None:
    """Apply what was taken for an answer, and take its words out of the story, where the question is asked again."""
    who = UserRef(person.team_id, person.user_id)
    try:
        outcome = await take_turn(services, TurnRequest(who, misread, draft_id=draft_id))
    except DraftNotFoundError:  # erased since; the preference still holds
        return await apply_and_confirm_preference(services, person, preference, "")
    try:
        await apply_and_confirm_preference(services, person, preference, "")
    except BotError as problem:  # sent here, because the handler would send it after the question
        await send_sentence_later(services, who, problem.key)
    finally:  # the question last: it's what waits for words now
        services.send_after_commit(who, lambda: show_turn(services, outcome))


async def _set_quiet_until(services: Services, person: Person, day: str, event: str) -> None:
    who, texts = UserRef(person.team_id, person.user_id), texts_for(person)
    async with services.database.read_transaction() as connection:
        today = (await load_calendar(connection, person)).local_date(services.clock.now())
    until = parse_date(day, today)
    if until is None:
        await _record_event(services, who, event)
        return send_message_later(
            services, who, views.unreadable_date_message(today + _EXAMPLE_OFFSET, texts)
        )
    await quiet_until.be_quiet(services, who, until, event)
    return send_message_later(services, who, views.quiet_set_message(until, texts))


async def _snooze(services: Services, person: Person, when: SnoozeChoice, event: str) -> None:
    who = UserRef(person.team_id, person.user_id)
    at = await snooze_latest_notice(services, who, when, event)
    if at is None:
        return await send_sentence_later(services, who, "later-nothing")
    return send_message_later(services, who, views.snoozed_message(at, person.tz, texts_for(person)))


async def _record_event(services: Services, who: UserRef, event: str) -> None:
    """Save only the receipt: a repeat is answered once."""
    async with services.person_transaction(who, event):
        pass
