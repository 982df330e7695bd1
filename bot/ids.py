"""Every action, callback and command id."""

from __future__ import annotations

COMMAND = "/hakawati"
SHORTCUT_START = "story:start"

# Buttons of the conversation. Several may share a block: the suffix after the bar makes each id unique.
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

# Buttons that open a site, or send the story as a file.
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

# Buttons under proactive messages, present and coming.
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

# The Home tab, and the personal data held about somebody.
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

# The programme, on an owner's Home tab.
PROGRAMME_OPEN = "programme:open"
PROGRAMME_LOG = "programme:log"
PROGRAMME_COMPANY = "programme:company"
PROGRAMME_TIMES = "programme:times"
PROGRAMME_CHANNELS = "programme:channels"
PROGRAMME_PEOPLE = "programme:people"

# Invitations: an owner's waves, and people's answers to them.
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


def suffixed_action_id(action_id: str, suffix: str) -> str:
    """Return an action id that is unique in its block."""
    return f"{action_id}{_ACTION_SEPARATOR}{suffix}"


def base_action_id(action_id: str) -> str:
    """Return the action id without its suffix."""
    return action_id.partition(_ACTION_SEPARATOR)[0]


def action_suffix(action_id: str) -> str:
    """Return the suffix; a date picker has no value, so its suffix is its payload."""
    return action_id.partition(_ACTION_SEPARATOR)[2]
