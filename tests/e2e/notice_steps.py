"""Steps around proactive messages: receive an invitation, pick a date, travel, count messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tests.e2e import visible_content
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.slack_user import SlackUser
from tests.e2e.wave_steps import set_up_programme, start_wave

INVITATION_TEXT = "from Marketing asked me to write to everyone in “Building the product”."
FIRST_REMINDER_TEXT, SECOND_REMINDER_TEXT = "asked a few days ago whether", "This is the last time I ask."
RESUMED_TEXT = "Here I am again, as you asked."
SNOOZED_TEXT = "I'll come back to it on"


async def receive_invitation(app: AppUnderTest, user: str = "U0MAYA", **fields: object) -> SlackUser:
    """Return somebody on the Tuesday on which their invitation has come; `fields` are the wave form's."""
    lina = await set_up_programme(app)
    await start_wave(app, lina, **fields)
    person = app.person(user)
    await app.advance_clock(person, to_next="tuesday 10:05")
    await person.sees(INVITATION_TEXT if user == "U0MAYA" else "بطلب من <@U0LINA> من Marketing")
    return person


def remove_rate_limits(app: AppUnderTest) -> None:
    """Turn off the pauses between messages, because days pass here within one second."""
    assert app.bot is not None
    services = app.bot.services
    services.timings = replace(
        services.timings, channel_interval=timedelta(0), workspace_interval=timedelta(0)
    )


async def advance_to(app: AppUnderTest, person: SlackUser, day: str, zone: str = "") -> None:
    """Advance to this moment and then by a minute: a tick skips people whose row is locked until the next one."""
    await app.advance_clock(person, to_next=day, zone=zone)
    await app.advance_clock(person, advance_seconds=60)


def date_in_days(app: AppUnderTest, n: int) -> date:
    """Return the date n days from now."""
    assert app.bot is not None
    return app.bot.services.clock.now().date() + timedelta(days=n)


async def pick_date(person: SlackUser, label: str, day: date, *, where: str = "") -> None:
    """Pick a date in the date picker with this label."""
    await person.clicks(label, value=day.isoformat(), where=where)


async def change_time_zone(app: AppUnderTest, person: SlackUser, tz: str) -> None:
    """Change somebody's time zone, and wait until the bot has received the event."""
    await person.does("person", id=person.id, tz=tz)
    await app.workspace.world.delivery.wait_until_idle()


async def count_bot_messages(person: SlackUser, words: str) -> int:
    """Count the bot's messages that contain these words."""
    return sum(visible_content.has_text(m, words) for m in await person.messages() if m.get("bot_id"))
