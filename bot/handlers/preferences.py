"""Somebody pressed a button under what was said unasked: not now, later, quiet for a while, or never again."""

from __future__ import annotations

from bot import ids
from bot.conversation.preference_phrases import PreferenceRequest
from bot.conversation.turns import MisreadAsAnswer
from bot.errors import DraftNotFoundError, InvalidDateError
from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.notices.landed import LANDED_KIND
from bot.notices.paused import PAUSED_KIND
from bot.views.blocks import Message
from bot.views.delivery import snooze as views
from bot.views.stories import replies
from bot.workflows.delivery import follow_ups
from bot.workflows.home.home import publish_home_later
from bot.workflows.inbox.typed_preferences import apply_misread_preference
from bot.workflows.people.members import ensure_member, load_texts, texts_for
from bot.workflows.people.replies import send_message, send_text
from bot.workflows.preferences import opt_out, quiet_until
from bot.workflows.preferences.snooze import SnoozeTarget, parse_snooze_time, snooze_notice


async def press_not_now(interaction: Interaction) -> AckReply:
    """[Not now]: nothing changes, and nothing is asked again."""
    await ensure_member(interaction.services, interaction.who)
    return await _replace_with_text(interaction, "not-now-said")


async def press_snooze(interaction: Interaction) -> AckReply:
    """Later today, tomorrow, next week, or on a date."""
    person = await ensure_member(interaction.services, interaction.who)
    carried, when = (
        interaction.payload,
        parse_snooze_time(interaction.payload.choice, interaction.picked_date),
    )
    if when is None:
        return None
    if carried.subject not in (PAUSED_KIND.name, LANDED_KIND.name):
        raise DraftNotFoundError
    at = await snooze_notice(
        interaction.services, interaction.who, SnoozeTarget(carried.subject, carried.draft_id), when
    )
    return _replace_message(interaction, views.snoozed_message(at, person.tz, texts_for(person)))


async def press_cancel_reminder(interaction: Interaction) -> AckReply:
    """[No reminder]."""
    await ensure_member(interaction.services, interaction.who)
    await follow_ups.cancel_reminder(interaction.services, interaction.who, interaction.payload.draft_id)
    return await _replace_with_text(interaction, "no-reminder-said")


async def start_quiet_period(interaction: Interaction) -> AckReply:
    """Quiet until the date that was picked, under a message or on the Home tab."""
    person = await ensure_member(interaction.services, interaction.who)
    texts, until = texts_for(person), interaction.picked_date
    if until is None:
        return None
    try:
        await quiet_until.be_quiet(interaction.services, interaction.who, until)
    except InvalidDateError:
        if not interaction.view:
            raise
        sorry = views.invalid_date_modal(texts)
        await interaction.services.messenger.call_once(
            "views.open", trigger_id=interaction.trigger_id, view=sorry
        )
    else:
        if not interaction.view:
            send_message(interaction.services, interaction.who, views.quiet_set_message(until, texts))
    publish_home_later(interaction.services, interaction.who)
    return None


async def end_quiet_period(interaction: Interaction) -> AckReply:
    """[End it now], under the message that says so or on the Home tab."""
    await ensure_member(interaction.services, interaction.who)
    await quiet_until.end_quiet(interaction.services, interaction.who)
    publish_home_later(interaction.services, interaction.who)
    return None if interaction.view else await _replace_with_text(interaction, "quiet-ended")


async def press_stop(interaction: Interaction) -> AckReply:
    """[Please don't write first]."""
    await ensure_member(interaction.services, interaction.who)
    await send_text(
        interaction.services, interaction.who, await opt_out.stop(interaction.services, interaction.who)
    )
    publish_home_later(interaction.services, interaction.who)
    return None


async def confirm_preference(interaction: Interaction) -> AckReply:
    """A wish that had been taken for an answer: the button beside it says what was meant."""
    person = await ensure_member(interaction.services, interaction.who)
    carried = interaction.payload
    if carried.choice not in set(PreferenceRequest):
        raise DraftNotFoundError
    wish = PreferenceRequest(carried.choice)
    ts, *before = carried.subject.split(" ")
    said = MisreadAsAnswer(interaction.channel, ts, tuple(before))
    await apply_misread_preference(interaction.services, person, wish, said, draft_id=carried.draft_id)
    # Last: if nothing could be kept, the button still stands there to be pressed again.
    return _replace_message(interaction, views.preference_granted_message(wish, texts_for(person)))


async def _replace_with_text(interaction: Interaction, key: str) -> AckReply:
    return _replace_message(
        interaction, replies.sentence_message(await load_texts(interaction.services, interaction.who), key)
    )


def _replace_message(interaction: Interaction, said: Message) -> AckReply:
    """What was pressed gives way to one sentence."""

    async def redraw() -> None:
        await interaction.services.messenger.update_message(interaction.channel, interaction.message_ts, said)

    interaction.services.send_after_commit(interaction.who, redraw)
    return None


ROUTES: Routes = {
    "action": {
        ids.NOTICE_NOT_NOW: press_not_now,
        ids.NOTICE_SNOOZE: press_snooze,
        ids.NOTICE_CANCEL: press_cancel_reminder,
        ids.NOTICE_STOP: press_stop,
        ids.QUIET_SET: start_quiet_period,
        ids.QUIET_END: end_quiet_period,
        ids.PREFERENCE_CONFIRM: confirm_preference,
    },
}
