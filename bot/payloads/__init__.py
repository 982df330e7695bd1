"""The payloads of buttons and modals: one frozen class for each family, which packs and unpacks itself.

A payload travels through Slack as four parts in one string: the draft, the question, the choice and the subject. The
parts and their order must stay as they are, because people have messages with such buttons in their DMs.
"""

from __future__ import annotations

from bot.payloads.parts import MAX_VALUE_LENGTH, ButtonPayload, EmptyPayload
from bot.payloads.preferences import (
    SEGMENT_CHOICES,
    ConsentPayload,
    ExportPayload,
    LanguagePayload,
    PreferencePayload,
    SegmentChoice,
    SegmentPayload,
    SnoozableKind,
    SnoozePayload,
    SwitchPayload,
)
from bot.payloads.programme import (
    SETUP_FORMS,
    InvitationPayload,
    SetupFormName,
    SetupPayload,
    WavePayload,
)
from bot.payloads.stories import (
    LANDING_ANSWERS,
    DestinationPayload,
    DraftPayload,
    EditorPayload,
    LandingPayload,
    PagedDocument,
    PagePayload,
    QuestionPayload,
    ReplacementPayload,
)

__all__ = [
    "LANDING_ANSWERS",
    "MAX_VALUE_LENGTH",
    "SEGMENT_CHOICES",
    "SETUP_FORMS",
    "ButtonPayload",
    "ConsentPayload",
    "DestinationPayload",
    "DraftPayload",
    "EditorPayload",
    "EmptyPayload",
    "ExportPayload",
    "InvitationPayload",
    "LandingPayload",
    "LanguagePayload",
    "PagePayload",
    "PagedDocument",
    "PreferencePayload",
    "QuestionPayload",
    "ReplacementPayload",
    "SegmentChoice",
    "SegmentPayload",
    "SetupFormName",
    "SetupPayload",
    "SnoozableKind",
    "SnoozePayload",
    "SwitchPayload",
    "WavePayload",
]
