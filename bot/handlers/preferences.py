"""Buttons under proactive messages: not now, later, quiet for a while, and stop."""

from __future__ import annotations

from bot import ids
from bot.conversation.turns import MisreadAsAnswer
from bot.errors import InvalidDateError
from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.payloads import DraftPayload, PreferencePayload, SnoozePayload
from bot.views.delivery import snooze as views
from bot.views.stories import replies
from bot.workflows.delivery import follow_ups
from bot.workflows.home.home import publish_home_later
from bot.workflows.inbox.typed_preferences import apply_misread_preference
from bot.workflows.people.members import load_texts, texts_for
from bot.workflows.people.replies import send_message_later, send_sentence_later
from bot.workflows.preferences import opt_out, quiet_until
from bot.workflows.preferences.snooze import SnoozeTarget, parse_snooze_time, snooze_notice


async def press_not_now(interaction: Interaction) -> AckReply:
    """Dismiss the message: nothing changes, and nothing is asked again: [Not now]."""
    await interaction.member()
    return await _replace_with_text(interaction, "not-now-said")


async def press_snooze(interaction: Interaction) -> AckReply:
    """Put the notice off until later today, tomorrow, next week, or a date."""
    person, payload = await interaction.member(), interaction.payload(SnoozePayload)
    time = parse_snooze_time(payload.choice, interaction.picked_date)
    if time is None:
        return None
    target = SnoozeTarget(payload.kind, payload.draft_id)
    at = await snooze_notice(interaction.services, interaction.who, target, time)
    return interaction.replace_message(views.snoozed_message(at, person.tz, texts_for(person)))


async def press_cancel_reminder(interaction: Interaction) -> AckReply:
    """Cancel the reminder: [No reminder]."""
    await interaction.member()
    draft_id = interaction.payload(DraftPayload).draft_id
    await follow_ups.cancel_pause_reminder(interaction.services, interaction.who, draft_id)
    return await _replace_with_text(interaction, "no-reminder-said")


async def start_quiet_period(interaction: Interaction) -> AckReply:
    """Keep quiet until the date that was picked under a message or on the Home tab."""
    person = await interaction.member()
    texts, until = texts_for(person), interaction.picked_date
    if until is None:
        return None
    try:
        await quiet_until.be_quiet(interaction.services, interaction.who, until)
    except InvalidDateError:
        if not interaction.view:
            raise
        await interaction.open_modal(views.invalid_date_modal(texts))
    else:
        if not interaction.view:
            send_message_later(interaction.services, interaction.who, views.quiet_set_message(until, texts))
    publish_home_later(interaction.services, interaction.who)
    return None


async def end_quiet_period(interaction: Interaction) -> AckReply:
    """End the quiet period, from its message or the Home tab: [End it now]."""
    await interaction.member()
    await quiet_until.end_quiet(interaction.services, interaction.who)
    publish_home_later(interaction.services, interaction.who)
    return None if interaction.view else await _replace_with_text(interaction, "quiet-ended")


async def press_stop(interaction: Interaction) -> AckReply:
    """Stop all proactive messages: [Please don't write first]."""
    await interaction.member()
    services, who = interaction.services, interaction.who
    await send_sentence_later(services, who, await opt_out.stop(services, who))
    publish_home_later(services, who)
    return None


async def grant_misread_preference(interaction: Interaction) -> AckReply:
    """Grant a preference that was taken for an answer."""
    person, payload = await interaction.member(), interaction.payload(PreferencePayload)
    misread = MisreadAsAnswer(interaction.channel, payload.ts, payload.replaced_ts)
    await apply_misread_preference(
        interaction.services, person, payload.preference, misread, draft_id=payload.draft_id
    )
    # Last: if nothing could be saved, the button can still be pressed again.
    return interaction.replace_message(
        views.preference_granted_message(payload.preference, texts_for(person))
    )


async def _replace_with_text(interaction: Interaction, key: str) -> AckReply:
    texts = await load_texts(interaction.services, interaction.who)
    return interaction.replace_message(replies.sentence_message(texts, key))


ROUTES: Routes = {
    "action": {
        ids.NOTICE_NOT_NOW: press_not_now,
        ids.NOTICE_SNOOZE: press_snooze,
        ids.NOTICE_CANCEL: press_cancel_reminder,
        ids.NOTICE_STOP: press_stop,
        ids.QUIET_SET: start_quiet_period,
        ids.QUIET_END: end_quiet_period,
        ids.PREFERENCE_CONFIRM: grant_misread_preference,
    },
}
