"""The page of how delivery stands, and what owners are told of it: in words, within Slack's limits."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from bot.i18n import LOCALES, Texts
from bot.rules.delivery_status import Standing
from bot.views.delivery.status_page import Open, Page, Post, halted, page, refused
from db.models.notices import NoticeState, Posted, Refused
from db.models.waves import StoredWave
from practice import limits
from tests.views.screens import shown, within_limits
from tests.views.shelves import MAYA, NOW

TODAY = date(2027, 3, 16)
STATES: tuple[NoticeState, ...] = ("pending", "sending", "sent", "failed", "unknown", "expired", "suppressed")
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
    """The words of each language."""
    return Texts(request.param)


def post(state: NoticeState, waits_for: str = "time", reason: str | None = None) -> Post:
    """Something for a channel."""
    posted = Posted("announcement", "C0MONDAY", "w1", state, reason, NOW, NOW)
    return Post(posted, waits_for, "<!here> " + "ن" * 52)


def wave(n: int, *, has_opened: bool) -> Open:
    """A wave with a long name."""
    return Open(
        StoredWave("T0QAMAR", f"w{n}", "W" * 60, TODAY, TODAY + timedelta(days=40), "", NOW), n, has_opened
    )


def full(standing: str = "well") -> Page:
    """As much as there can be, and more."""
    posts = [post(state, waits) for state, waits in product(STATES, WAITS)]
    posts += [post("failed", reason=reason) for reason in REASONS * 5]
    return Page(
        MAYA,
        standing,
        NOW,
        REASONS,
        tuple(posts),
        tuple(wave(n, has_opened=n % 2 == 0) for n in range(30)),
        tuple(wave(n, has_opened=True) for n in range(30)),
    )


@pytest.mark.parametrize("standing", list(Standing))
def test_page_is_within_slacks_limits_whatever_there_is(standing: Standing, texts: Texts) -> None:
    fullest, barest = full(standing), Page(MAYA, standing, None)

    for view in (page(fullest, texts), page(barest, texts)):
        limits.view(view, "modal")
        assert len(view["blocks"]) < 40
    assert "<!" not in shown(page(fullest, texts))


def test_what_comes_next_is_said_in_one_line(texts: Texts) -> None:
    waiting = Page(MAYA, "well", None, posts=(post("pending"),))
    ahead = Page(MAYA, "well", None, waves=(wave(3, has_opened=False),))
    going = Page(MAYA, "well", None, waves=(wave(3, has_opened=True),))
    stopped = Page(MAYA, "halted", NOW, waves=(wave(3, has_opened=True),))

    first = [shown(page(one, texts)).splitlines()[3] for one in (waiting, ahead, going, stopped)]

    assert len(set(first)) == 4


@pytest.mark.parametrize("channel", ["C0MONDAY", None])
def test_owners_read_what_was_refused_and_how_much_more_there_is(channel: str | None, texts: Texts) -> None:
    few = refused([Refused(channel, "is_archived")], texts)
    many = refused([Refused(channel, reason) for reason in REASONS], texts)

    assert within_limits(few)
    assert within_limits(many)
    assert many.text.count("•") == 5 + 3  # its lines, its button, and the two ways to end it
    assert "<!" not in many.text


def test_owners_read_that_it_halted(texts: Texts) -> None:
    assert within_limits(halted(NOW, MAYA.tz, texts))
