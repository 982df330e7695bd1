"""The delivery status page and owner-facing notices: in words, within Slack's limits."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from bot.i18n import LOCALES, Texts
from bot.rules.delivery_status import DeliveryStatus
from bot.views.delivery.status_page import (
    ChannelPostStatus,
    DeliveryStatusModel,
    WaveStatus,
    automatic_halt_notice_message,
    delivery_status_modal,
    refusals_message,
)
from db.models.notices import ChannelPost, DeliveryRefusal, OutboxState
from db.models.waves import StoredWave
from practice import limits
from tests.views.block_inspection import is_within_message_limits, visible_text
from tests.views.samples import MAYA, NOW

TODAY = date(2027, 3, 16)
STATES: tuple[OutboxState, ...] = ("pending", "sending", "sent", "failed", "unknown", "expired", "suppressed")
WAITS = ("halted", "slack", "hours", "time")
REASONS = (
    "is_archived",
    "not_in_channel",
    "channel_not_found",
    "restricted_action_thread_only_channel",
    "messages_tab_disabled",
    "missing_scope",
    "user_disabled",
    "<!channel> & " + "x" * 40,
)


@pytest.fixture(params=LOCALES)
def texts(request: pytest.FixtureRequest) -> Texts:
    """Texts in each language."""
    return Texts(request.param)


def channel_post(state: OutboxState, waits_for: str = "time", reason: str | None = None) -> ChannelPostStatus:
    """Return a channel post."""
    posted = ChannelPost("announcement", "C0MONDAY", "w1", state, reason, NOW, NOW)
    return ChannelPostStatus(posted, waits_for, "<!here> " + "ن" * 52)


def open_wave(n: int, *, has_opened: bool) -> WaveStatus:
    """Return a wave with a long name."""
    return WaveStatus(
        StoredWave("T0QAMAR", f"w{n}", "W" * 60, TODAY, TODAY + timedelta(days=40), "", NOW), n, has_opened
    )


def full_page(standing: DeliveryStatus = DeliveryStatus.WELL) -> DeliveryStatusModel:
    """Return a page with more than it can show."""
    posts = [channel_post(state, waits) for state, waits in product(STATES, WAITS)]
    posts += [channel_post("failed", reason=reason) for reason in REASONS * 5]
    return DeliveryStatusModel(
        MAYA,
        standing,
        NOW,
        REASONS,
        tuple(posts),
        tuple(open_wave(n, has_opened=n % 2 == 0) for n in range(30)),
        tuple(open_wave(n, has_opened=True) for n in range(30)),
    )


@pytest.mark.parametrize("standing", list(DeliveryStatus))
def test_page_is_within_slacks_limits_in_every_state(standing: DeliveryStatus, texts: Texts) -> None:
    fullest, barest = full_page(standing), DeliveryStatusModel(MAYA, standing, None)

    for view in (delivery_status_modal(fullest, texts), delivery_status_modal(barest, texts)):
        limits.validate_view(view, "modal")
        assert len(view["blocks"]) < 40
    assert "<!" not in visible_text(delivery_status_modal(fullest, texts))


def test_next_activity_is_one_line(texts: Texts) -> None:
    waiting = DeliveryStatusModel(MAYA, DeliveryStatus.WELL, None, posts=(channel_post("pending"),))
    ahead = DeliveryStatusModel(MAYA, DeliveryStatus.WELL, None, waves=(open_wave(3, has_opened=False),))
    going = DeliveryStatusModel(MAYA, DeliveryStatus.WELL, None, waves=(open_wave(3, has_opened=True),))
    stopped = DeliveryStatusModel(MAYA, DeliveryStatus.HALTED, NOW, waves=(open_wave(3, has_opened=True),))

    first = [
        visible_text(delivery_status_modal(one, texts)).splitlines()[3]
        for one in (waiting, ahead, going, stopped)
    ]

    assert len(set(first)) == 4


@pytest.mark.parametrize("channel", ["C0MONDAY", None])
def test_owners_read_what_was_refused_and_how_much_more_there_is(channel: str | None, texts: Texts) -> None:
    few = refusals_message([DeliveryRefusal(channel, "is_archived")], texts)
    many = refusals_message([DeliveryRefusal(channel, reason) for reason in REASONS], texts)

    assert is_within_message_limits(few)
    assert is_within_message_limits(many)
    assert many.text.count("•") == 5 + 3  # its lines, its button, and the two buttons to end it
    assert "<!" not in many.text


def test_owners_read_that_it_halted(texts: Texts) -> None:
    assert is_within_message_limits(automatic_halt_notice_message(NOW, MAYA.tz, texts))
