"""The expected errors, each with one sentence here and one text for the person, and the control-flow signals."""

from __future__ import annotations


class BotError(Exception):
    """An expected failure; the person reads the text under `key`."""

    key = "problem-unexpected"


# Signals aren't failures: they end a handler or a turn early, and nobody reads anything about them.


class RepeatedEventSignal(BotError):  # noqa: N818
    """The event has been handled before."""

    key = ""


class EventBeforeErasureSignal(BotError):  # noqa: N818
    """The event is older than the person's erasure and must be dropped."""

    key = ""


class UnknownMemberSignal(Exception):  # noqa: N818
    """The stored profile is missing or too old to decide from; `ensure_member` asks Slack."""


class ExternalPersonError(BotError):
    """The person belongs to another company; stories are for the people of this one."""

    key = "problem-stranger"


class SenderMismatchError(BotError):
    """The payload names an id that belongs to another person according to Slack; neither of them reads anything."""

    key = ""


class GuestError(BotError):
    """The person is a guest of the workspace; stories are for its people."""

    key = "problem-guest"


class DraftNotFoundError(BotError):
    """The draft that a button or modal names no longer exists."""

    key = "problem-no-draft"


class PostFailedError(BotError):
    """Slack didn't let the bot post there."""

    key = "problem-unreachable"


class UnreachableError(PostFailedError):
    """Slack will never let the bot post there, however often it tries."""


class NotAllowedError(BotError):
    """The person doesn't run the programme, or no longer does."""

    key = "problem-not-allowed"


class WaveNotFoundError(BotError):
    """The wave that a button or form names doesn't exist, has started, or has been replaced."""

    key = "problem-no-wave"


class WaveTooLateError(BotError):
    """The wave's opening day has come before the wave was started."""

    key = "problem-wave-late"


class InvalidDateError(BotError):
    """The date is before tomorrow, or more than a year ahead."""

    key = "problem-date"


class SnoozePastEndError(BotError):
    """The invitation ends before the date to which it should be put off."""

    key = "invitation-later-closed"


class OptedOutError(BotError):
    """The person has opted out, so nothing can be promised to them."""

    key = "wish-stopped"


class LastOwnerError(BotError):
    """Without this person the programme would have no owner."""

    key = "problem-last-owner"


class PersonNotFoundError(BotError):
    """Slack knows nobody in this workspace by that address."""

    key = "problem-nobody-there"


class UnreadableFileError(BotError):
    """The file is gone, too large, or not kept in Slack itself."""

    key = "list-refused"
