"""The ids of all actions, callbacks and commands, and the payload of buttons and modals.

A payload consists of ids only, and the handler checks again whether the person may use them.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.models.drafts import Question

COMMAND = "/hakawati"
SHORTCUT_START = "story:start"

# Buttons of the conversation. Several may be in one block: the part after the bar makes their ids unique.
CHOICE_PRESS = "draft:choose"
VOLUNTEER_BOX = "hand:tick"

# Buttons that open a modal.
CARD_CHANGE = "card:change"
CARD_MERGE = "card:merge"
CARD_WRITE = "card:write"
TEXT_EDIT = "text:edit"
TEXT_SHARE = "text:share"
NOTE_SHOW = "note:show"
POLICY_OPEN = "words:explain"
RULES_EXPLAIN = "rules:explain"
DESTINATIONS_OPEN = "places:open"

# Buttons that link to other sites, or send the story as a file.
DESTINATION_TAKE = "place:take"
GLASSDOOR_OPEN = "glassdoor:open"
FILE_TAKE = "file:take"

# Buttons under replies that aren't questions of the story.
STORY_START = "story:begin"
STORY_RESUME = "story:resume"
STORY_REPLACE = "story:replace"
DRAFT_ERASE = "draft:erase"
DRAFT_KEEP = "draft:keep"
LANGUAGE_SET = "language:set"
ANSWER_RESTORE = "answer:restore"
LANDED = "story:landed"

# Buttons under notices, sent or planned.
NOTICE_STOP = "notice:stop"
NOTICE_NOT_NOW = "notice:later"
NOTICE_CANCEL = "notice:cancel"
NOTICE_SNOOZE = "notice:again"
QUIET_SET = "quiet:set"
QUIET_END = "quiet:end"
PREFERENCE_CONFIRM = "wish:mean"

# Modals.
CARD_CHANGED = "card:changed"
CARD_MERGED = "card:merged"
CARD_WRITTEN = "card:written"
TEXT_EDITED = "text:edited"

# Home, and the page of personal data.
STORY_SECOND_LANGUAGE = "story:second"
STORY_READ = "story:read"
STORY_VERSIONS = "story:versions"
STORY_LIST = "story:list"
PAGE_TURN = "page:turn"
CONSENT_SET = "consent:set"
SEGMENT_SET = "segment:set"
HOME_LANGUAGE = "home:language"
PROACTIVE_SET = "first:set"
PERSONAL_DATA_OPEN = "held:show"
PERSONAL_DATA_EXPORT = "held:take"
ALL_ERASE = "all:erase"
ERASE_TICK = "erase:tick"
ERASE_READ = "erase:read"
ERASE_CONFIRMED = "erase:confirmed"

# The programme, on its owners' Home tab.
PROGRAMME_OPEN = "programme:open"
PROGRAMME_LOG = "programme:log"
PROGRAMME_COMPANY = "programme:company"
PROGRAMME_TIMES = "programme:times"
PROGRAMME_CHANNELS = "programme:channels"
PROGRAMME_PEOPLE = "programme:people"

# Invitations: the owners' waves, and people's answers to them.
WAVE_OPEN = "wave:open"
WAVE_KEEP = "wave:keep"
WAVE_DRY_RUN = "wave:dry"
WAVE_SAMPLE = "wave:sample"
WAVE_DROP = "wave:drop"
WAVE_START = "wave:start"
WAVE_REMOVAL_OPEN = "wave:off"
WAVE_REMOVAL_SAVE = "wave:take_off"
HALT_SET = "halt:set"
PARTICIPATION_READ = "participation:read"
DELIVERY_READ = "delivery:read"
INVITATION_ANSWER = "invitation:answer"
FREQUENCY_SET = "fewer:set"

_ACTION_SEPARATOR = "|"
_PAYLOAD_SEPARATOR = "~"
MAX_VALUE_LENGTH = 2000
"""Slack's limit for the characters in a button's value."""


@dataclass(frozen=True)
class ButtonPayload:
    """The payload of a button or modal: the draft, the question it answers, the choice, and the subject."""

    draft_id: str = ""
    question: str = ""
    choice: str = ""
    subject: str = ""

    def pack(self) -> str:
        """Return the payload as one string; raise ValueError if it couldn't be unpacked again."""
        parts = (self.draft_id, self.question, self.choice, self.subject)
        packed = _PAYLOAD_SEPARATOR.join(parts)
        if any(_PAYLOAD_SEPARATOR in part for part in parts) or len(packed) > MAX_VALUE_LENGTH:
            raise ValueError(f"a button cannot carry {parts!r}")
        return packed

    @classmethod
    def unpack(cls, value: str | None) -> ButtonPayload:
        """Return the payload that Slack sent back, which may be forged or old: if unreadable, an empty one."""
        parts = (value or "").split(_PAYLOAD_SEPARATOR)
        return cls(*parts) if len(parts) == 4 else cls()

    def parse_question(self) -> Question | None:
        """Return the question named, or None if there is no such question."""
        try:
            return Question.from_key(self.question)
        except ValueError:
            return None


def unique_action_id(action_id: str, suffix: str) -> str:
    """Return an action id that is unique in its block."""
    return f"{action_id}{_ACTION_SEPARATOR}{suffix}"


def base_action_id(action_id: str) -> str:
    """Return the action id without its suffix."""
    return action_id.partition(_ACTION_SEPARATOR)[0]


def action_suffix(action_id: str) -> str:
    """Return the suffix; a date picker, which has no value, carries its payload there."""
    return action_id.partition(_ACTION_SEPARATOR)[2]
