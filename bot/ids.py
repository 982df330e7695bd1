"""Every action, callback and command id, and what each button and modal carries: ids only, authorised again."""

from __future__ import annotations

from dataclasses import dataclass

from db.models.drafts import Question

COMMAND = "/hakawati"
SHORTCUT_START = "story:start"

# Buttons of the conversation. Several may stand in one block: what follows the bar tells them apart.
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

# Buttons that lead away, or give the story as a file.
DESTINATION_TAKE = "place:take"
GLASSDOOR_OPEN = "glassdoor:open"
FILE_TAKE = "file:take"

# Buttons under replies that are no question of the story.
STORY_START = "story:begin"
STORY_RESUME = "story:resume"
STORY_REPLACE = "story:replace"
DRAFT_ERASE = "draft:erase"
DRAFT_KEEP = "draft:keep"
LANGUAGE_SET = "language:set"
ANSWER_RESTORE = "answer:restore"
LANDED = "story:landed"

# Buttons under what was said unasked, or is going to be.
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

# Home, and everything held about a person.
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

# The programme, on the Home tab of those who run it.
PROGRAMME_OPEN = "programme:open"
PROGRAMME_LOG = "programme:log"
PROGRAMME_COMPANY = "programme:company"
PROGRAMME_TIMES = "programme:times"
PROGRAMME_CHANNELS = "programme:channels"
PROGRAMME_PEOPLE = "programme:people"

# Invitations: the waves of those who run the programme, and what people answer to them.
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
"""What fits into the value of a button."""


@dataclass(frozen=True)
class ButtonPayload:
    """What a button or modal carries: the draft, the question it answers, the choice, and what it is about."""

    draft_id: str = ""
    question: str = ""
    choice: str = ""
    subject: str = ""

    def pack(self) -> str:
        """As one string for Slack; ValueError for what would not come back as it went."""
        parts = (self.draft_id, self.question, self.choice, self.subject)
        packed = _PAYLOAD_SEPARATOR.join(parts)
        if any(_PAYLOAD_SEPARATOR in part for part in parts) or len(packed) > MAX_VALUE_LENGTH:
            raise ValueError(f"a button cannot carry {parts!r}")
        return packed

    @classmethod
    def unpack(cls, value: str | None) -> ButtonPayload:
        """What came back from Slack. It may be forged or old: anything unreadable is empty, and means nothing."""
        parts = (value or "").split(_PAYLOAD_SEPARATOR)
        return cls(*parts) if len(parts) == 4 else cls()

    def parse_question(self) -> Question | None:
        """The question named, if it is the name of one."""
        try:
            return Question.from_key(self.question)
        except ValueError:
            return None


def unique_action_id(action_id: str, suffix: str) -> str:
    """An action id that is unique in its block."""
    return f"{action_id}{_ACTION_SEPARATOR}{suffix}"


def base_action_id(action_id: str) -> str:
    """The action id without what tells it apart from its neighbours."""
    return action_id.partition(_ACTION_SEPARATOR)[0]


def action_suffix(action_id: str) -> str:
    """What tells it apart; a date picker, which has no value, carries there what it is about."""
    return action_id.partition(_ACTION_SEPARATOR)[2]
