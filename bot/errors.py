"""The expected errors: each has one sentence here and one text for the person."""

from __future__ import annotations


class BotError(Exception):
    """Something expected went otherwise; the person is told with the text under `key`."""

    key = "problem-unexpected"


class Repeated(BotError):
    """This event has been handled before; nothing is said."""

    key = ""


class Erased(BotError):
    """This event is older than the person's erasure; it is dropped, and nothing is said."""

    key = ""


class Stranger(BotError):
    """The person belongs to another company; stories are for the people of this one."""

    key = "problem-stranger"


class NotTheirs(BotError):
    """A payload names an id that is another person's by Slack's own word; nothing is said to either of them."""

    key = ""


class Guest(BotError):
    """The person is a guest of the workspace; stories are for its people."""

    key = "problem-guest"


class NoDraft(BotError):
    """The draft that a button or modal speaks of is no longer there."""

    key = "problem-no-draft"


class CannotReach(BotError):
    """Slack did not let the bot speak there."""

    key = "problem-unreachable"


class Unreachable(CannotReach):
    """Slack will not let the bot speak there, however often it tries."""


class NotAllowed(BotError):
    """The person does not run the programme, or does not any more."""

    key = "problem-not-allowed"


class NoWave(BotError):
    """The wave that a button or form speaks of is not there, has started, or is another one by now."""

    key = "problem-no-wave"


class WaveLate(BotError):
    """The day on which the wave was to open has come before it was started."""

    key = "problem-wave-late"


class NotChoosable(BotError):
    """The date lies before tomorrow, or more than a year ahead."""

    key = "problem-date"


class ClosedByThen(BotError):
    """What is to be put off is over by that date."""

    key = "invitation-later-closed"


class SaidStop(BotError):
    """The person said stop, and that holds: nothing can be promised to them that would not come."""

    key = "wish-stopped"


class LastOwner(BotError):
    """Without this person the programme would have no owner."""

    key = "problem-last-owner"


class NobodyThere(BotError):
    """Slack knows nobody in this workspace by that address."""

    key = "problem-nobody-there"


class FileUnreadable(BotError):
    """The file is gone, too large, or not kept in Slack itself."""

    key = "list-refused"
