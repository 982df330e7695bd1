"""Answers to an invitation, and how many messages somebody wants."""

from __future__ import annotations

from bot import ids
from bot.errors import WaveNotFoundError
from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.notices.invitations import SNOOZED_INVITATION
from bot.payloads import InvitationPayload, SwitchPayload
from bot.views.delivery.snooze import DATE_CHOICE, snoozed_message
from bot.views.stories.replies import sentence_message
from bot.views.waves import invitation as views
from bot.workflows.home.home import publish_home_later
from bot.workflows.people.members import texts_for
from bot.workflows.people.replies import send_sentence_later
from bot.workflows.preferences import opt_out
from bot.workflows.preferences.frequency import set_fewer_messages
from bot.workflows.preferences.snooze import SnoozeTarget, parse_snooze_time, snooze_notice
from bot.workflows.stories.show import show_or_send_later
from bot.workflows.waves import answers


async def press_answer(interaction: Interaction) -> AckReply:
    """Take an answer to an invitation or its reminder; a sample's buttons only say that it's one."""
    person, payload = await interaction.member(), interaction.payload(InvitationPayload, WaveNotFoundError)
    services, who, wave_id = interaction.services, interaction.who, payload.wave_id
    if wave_id == views.SAMPLE_WAVE_ID:
        await send_sentence_later(services, who, "sample-pressed")
        return None
    texts = texts_for(person)
    match payload.answer:
        case "begin":
            await answers.record_invitation_answer(services, who, wave_id, "begun")
            interaction.replace_message(sentence_message(texts, "invitation-begun"))
            show_or_send_later(services, who, await answers.begin_from_invitation(services, who))
        case "no":
            await answers.record_invitation_answer(services, who, wave_id, "declined")
            interaction.replace_message(sentence_message(texts, "invitation-declined"))
        case "later":
            opt_out.refuse_stopped(person)
            interaction.replace_message(views.snooze_choice_message(wave_id, texts))
        case "fewer":
            await set_fewer_messages(services, who, fewer=True)
            await send_sentence_later(services, who, "invitation-fewer-said")
        case "stop":
            await send_sentence_later(services, who, await opt_out.stop(services, who))
        case choice if (time := parse_snooze_time(choice, interaction.picked_date)) is not None:
            at = await snooze_notice(services, who, SnoozeTarget(SNOOZED_INVITATION, wave_id), time)
            interaction.replace_message(snoozed_message(at, person.tz, texts))
        case choice if choice == DATE_CHOICE:
            return None  # the date was cleared
        case _:
            raise WaveNotFoundError
    publish_home_later(services, who)
    return None


async def set_frequency(interaction: Interaction) -> AckReply:
    """Set fewer messages, or as many as usual, from the Home tab."""
    await interaction.member()
    if (payload := interaction.find_payload(SwitchPayload)) is not None:
        await set_fewer_messages(interaction.services, interaction.who, fewer=payload.is_on)
    publish_home_later(interaction.services, interaction.who)
    return None


ROUTES: Routes = {"action": {ids.INVITATION_ANSWER: press_answer, ids.FREQUENCY_SET: set_frequency}}
