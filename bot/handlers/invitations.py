"""Somebody answers their invitation, under the message itself; and wants fewer of these, or as many as usual."""

from __future__ import annotations

from bot import ids
from bot.errors import WaveNotFoundError
from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.notices.invitations import SNOOZED_INVITATION
from bot.views.blocks import Message
from bot.views.delivery import snooze
from bot.views.delivery.snooze import snoozed_message
from bot.views.stories.replies import sentence_message
from bot.views.waves import invitation as views
from bot.workflows.home.home import publish_home_later
from bot.workflows.people.members import ensure_member, texts_for
from bot.workflows.people.replies import send_text
from bot.workflows.preferences import opt_out
from bot.workflows.preferences.frequency import set_fewer_messages
from bot.workflows.preferences.snooze import SnoozeTarget, parse_snooze_time, snooze_notice
from bot.workflows.stories.show import show_or_send
from bot.workflows.waves import answers


async def press_answer(interaction: Interaction) -> AckReply:
    """A button of an invitation or of its reminder; those of a sample say that it is one."""
    person = await ensure_member(interaction.services, interaction.who)
    services, who, wave = interaction.services, interaction.who, interaction.payload.subject
    if wave == views.SAMPLE_WAVE_ID:
        await send_text(services, who, "sample-pressed")
        return None
    texts = texts_for(person)
    match interaction.payload.choice:
        case "begin":
            await answers.note_answer(services, who, wave, "begun")
            _replace_message(interaction, sentence_message(texts, "invitation-begun"))
            show_or_send(services, who, await answers.begin_from_invitation(services, who))
        case "no":
            await answers.note_answer(services, who, wave, "declined")
            _replace_message(interaction, sentence_message(texts, "invitation-declined"))
        case "later":
            opt_out.refuse_stopped(person)
            _replace_message(interaction, views.snooze_choice_message(wave, texts))
        case "fewer":
            await set_fewer_messages(services, who, fewer=True)
            await send_text(services, who, "invitation-fewer-said")
        case "stop":
            await send_text(services, who, await opt_out.stop(services, who))
        case choice if (when := parse_snooze_time(choice, interaction.picked_date)) is not None:
            at = await snooze_notice(services, who, SnoozeTarget(SNOOZED_INVITATION, wave), when)
            _replace_message(interaction, snoozed_message(at, person.tz, texts))
        case snooze.DATE_CHOICE:
            return None  # a date was taken away again
        case _:
            raise WaveNotFoundError
    publish_home_later(services, who)
    return None


async def set_frequency(interaction: Interaction) -> AckReply:
    """Fewer or as usual, on the Home tab."""
    await ensure_member(interaction.services, interaction.who)
    await set_fewer_messages(interaction.services, interaction.who, fewer=interaction.payload.choice == "yes")
    publish_home_later(interaction.services, interaction.who)
    return None


def _replace_message(interaction: Interaction, message: Message) -> None:
    """What was pressed gives way to what follows."""

    async def redraw() -> None:
        await interaction.services.messenger.update_message(
            interaction.channel, interaction.message_ts, message
        )

    interaction.services.send_after_commit(interaction.who, redraw)


ROUTES: Routes = {"action": {ids.INVITATION_ANSWER: press_answer, ids.FREQUENCY_SET: set_frequency}}
