"""Personal data in words and numbers, and the three modals of erasing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot import ids
from bot.i18n import Texts
from bot.payloads import ExportPayload, PagePayload
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    divider,
    escape_name,
    escape_user_text,
    modal,
    plain_text_object,
    section,
)
from bot.views.dates import format_local_date
from bot.views.privacy.consents import CONSENT_USES
from bot.views.stories.reader import paged_modal
from db.models import Consent, Person, StoredDraft
from db.models.drafts import DraftStatus

TICK_BLOCK_ID = "sure"
"""The block with the deliberate tick."""
COUNTED_KINDS = ("versions", "consents", "shown", "chosen", "places", "messages")
OPTIONAL_KINDS = (
    "waves",
    "notices",
    "tries",
    "order",
    "sweeps",
    "tombstone",
    "listing",
    "role",
    "deeds",
    "changes",
    "lists",
    "other",
)
"""The kinds of which most people have none; shown only if there are some."""


@dataclass(frozen=True)
class PersonalDataModel:
    """The amount of each kind of personal data, and the records that have a date."""

    person: Person | None = None
    drafts: tuple[StoredDraft, ...] = ()
    consents: tuple[Consent, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


def personal_data_summary_modal(
    model: PersonalDataModel, texts: Texts, page: int = 0, *, export_sent: bool = False
) -> Block:
    """Return all personal data: the amount of each kind, then the list; with a button for the export."""
    title = texts.label("held-title")
    if model.person is None:
        return modal(title, [section(texts.say("held-nothing"))], texts.label("modal-close"))
    take = button(texts.label("home-held-take"), ids.PERSONAL_DATA_EXPORT, ExportPayload())
    lines = [
        _profile_text(model.person, texts),
        texts.say("held-set"),
        texts.say("held-stories", n=len(model.drafts)),
    ]
    lines += [texts.say(f"held-{kind}", n=model.counts.get(kind, 0)) for kind in COUNTED_KINDS]
    lines += [
        texts.say(f"held-{kind}", n=model.counts[kind]) for kind in OPTIONAL_KINDS if model.counts.get(kind)
    ]
    blocks = [section(texts.say("held-intro"))]
    blocks += [section(texts.say("held-on-its-way"))] if export_sent else actions([take])
    blocks += [divider(), section("\n".join(f"• {line}" for line in lines))]
    blocks += _list_blocks("held-stories-title", [_story_text(s, model, texts) for s in model.drafts], texts)
    blocks += _list_blocks(
        "held-consents-title", [_consent_text(c, model, texts) for c in model.consents], texts
    )
    return paged_modal(title, blocks, PagePayload("held", page), texts)


def _profile_text(person: Person, texts: Texts) -> str:
    return texts.say(
        "held-slack",
        name=escape_name(person.real_name or person.name) or "–",
        locale=escape_user_text(person.locale or "–"),
        tz=escape_user_text(person.tz or "–"),
        date=format_local_date(person.fetched_at, texts, person.tz),
    )


def _story_text(stored: StoredDraft, model: PersonalDataModel, texts: Texts) -> str:
    status = stored.draft.status
    return texts.say(
        "held-story",
        status="open" if status is DraftStatus.PAUSED else str(status),
        language=stored.draft.language or "none",
        date=format_local_date(stored.created_at, texts, model.person.tz if model.person else None),
    )


def _consent_text(consent: Consent, model: PersonalDataModel, texts: Texts) -> str:
    return texts.say(
        "held-consent",
        date=format_local_date(consent.answered_at, texts, model.person.tz if model.person else None),
        use=consent.use if consent.use in CONSENT_USES else "other",
        given="yes" if consent.given else "no",
    )


def _list_blocks(title: str, lines: list[str], texts: Texts) -> list[Block]:
    """Return a heading and its lines, a few per section."""
    if not lines:
        return []
    groups = [lines[start : start + 15] for start in range(0, len(lines), 15)]
    blocks: list[Block] = [divider(), section(f"*{texts.say(title)}*")]
    return [*blocks, *(section("\n".join(f"• {line}" for line in group)) for group in groups)]


# --- erasing everything ------------------------------------------------------------------------------


def explain_erasure_modal(texts: Texts, *, export_sent: bool = False) -> Block:
    """Return the first question: what is erased, what can't be reached, what stays; with a button for the export."""
    take = button(texts.label("home-held-take"), ids.PERSONAL_DATA_EXPORT, ExportPayload(before_erasure=True))
    file = section(texts.say("held-on-its-way")) if export_sent else section(texts.say("erase-file"), take)
    blocks = [section(texts.say(f"erase-{part}")) for part in ("what", "beyond", "stays")]
    return modal(
        texts.label("erase-title"),
        [*blocks, divider(), file],
        texts.label("erase-keep"),
        submit=texts.label("erase-go-on"),
        callback_id=ids.ERASE_READ,
    )


def confirm_erasure_modal(texts: Texts) -> Block:
    """Return the second question, with a tick that nobody sets by accident."""
    option = {"text": plain_text_object(texts.label("erase-sure-tick"), 75), "value": "yes"}
    tick: Block = {
        "type": "input",
        "block_id": TICK_BLOCK_ID,
        "label": plain_text_object(texts.label("erase-sure-label"), 2000),
        "element": {"type": "checkboxes", "action_id": ids.ERASE_TICK, "options": [option]},
    }
    return modal(
        texts.label("erase-sure-title"),
        [section(texts.say("erase-sure")), tick],
        texts.label("erase-keep"),
        submit=texts.label("erase-sure-submit"),
        callback_id=ids.ERASE_CONFIRMED,
    )


def is_erasure_confirmed(view: Mapping[str, Block]) -> bool:
    """Return whether the tick was set when the second question was submitted."""
    values = view.get("state", {}).get("values", {})
    chosen = values.get(TICK_BLOCK_ID, {}).get(ids.ERASE_TICK, {}).get("selected_options") or []
    return any(option.get("value") == "yes" for option in chosen)


def erasure_done_modal(message_count: int, texts: Texts) -> Block:
    """Return the confirmation, with the steps that are still to come."""
    return modal(
        texts.label("erase-done-title"),
        [section(s) for s in _erased_sentences(message_count, texts)],
        texts.label("modal-close"),
    )


def erased_message(message_count: int, texts: Texts) -> Message:
    """Return the last message to somebody who was erased, honest about the remaining steps."""
    sentences = _erased_sentences(message_count, texts)
    return Message("\n".join(sentences), tuple(section(sentence) for sentence in sentences))


def _erased_sentences(message_count: int, texts: Texts) -> list[str]:
    return [
        texts.say("erase-done"),
        texts.say("erase-done-messages", n=message_count),
        texts.say("erase-done-beyond"),
        texts.say("erase-done-again"),
    ]
