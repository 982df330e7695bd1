"""The expected errors: each has one sentence here and one text for the person."""

from __future__ import annotations


class BotError(Exception):
    """Something expected went otherwise; the person is told with the text under `key`."""

    key = "problem-unexpected"


class RepeatedEventSignal(BotError):
    """This event has been handled before; nothing is said."""

    key = ""


class EventBeforeErasureSignal(BotError):
    """This event is older than the person's erasure; it is dropped, and nothing is said."""

    key = ""


class ExternalPersonError(BotError):
    """The person belongs to another company; stories are for the people of this one."""

    key = "problem-stranger"


class SenderMismatchError(BotError):
    """A payload names an id that is another person's by Slack's own word; nothing is said to either of them."""

    key = ""


class GuestError(BotError):
    """The person is a guest of the workspace; stories are for its people."""

    key = "problem-guest"


class DraftNotFoundError(BotError):
    """The draft that a button or modal speaks of is no longer there."""

    key = "problem-no-draft"


class PostFailedError(BotError):
    """Slack did not let the bot speak there."""

    key = "problem-unreachable"


class UnreachableError(PostFailedError):
    """Slack will not let the bot speak there, however often it tries."""


class NotAllowedError(BotError):
    """The person does not run the programme, or does not any more."""

    key = "problem-not-allowed"


class WaveNotFoundError(BotError):
    """The wave that a button or form speaks of is not there, has started, or is another one by now."""

    key = "problem-no-wave"


class WaveTooLateError(BotError):
    """The day on which the wave was to open has come before it was started."""

    key = "problem-wave-late"


class InvalidDateError(BotError):
    """The date lies before tomorrow, or more than a year ahead."""

    key = "problem-date"


class SnoozePastEndError(BotError):
    """What is to be put off is over by that date."""

    key = "invitation-later-closed"


class OptedOutError(BotError):
    """The person said stop, and that holds: nothing can be promised to them that would not come."""

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
