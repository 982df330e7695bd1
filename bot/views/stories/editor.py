"""The editor: the whole text in one field, or in paragraphs if it's too long for one."""

from __future__ import annotations

from bot import ids
from bot.conversation.gaps import list_open_gaps, story_with_gap_hints
from bot.conversation.turns import Material
from bot.i18n import Texts
from bot.payloads import EditorPayload
from bot.text import SplitText, input_to_plain_text, join_parts, split_into_editor_fields
from bot.views.blocks import Block, modal, text_input
from db.models.drafts import Draft

MAX_FIELD_LENGTH = 2800
"""The characters in one field, below Slack's 3,000, with room to write."""


def split_for_editor(text: str) -> SplitText:
    """Return the text as the editor shows it: in one part, or in paragraphs that each leave room to write."""
    return (
        split_into_editor_fields(text, MAX_FIELD_LENGTH)
        if len(text) > MAX_FIELD_LENGTH
        else SplitText((text,), ())
    )


def join_editor_fields(fields: dict[str, str], shown: str) -> str:
    """Return the submitted fields as one text, with the separators of the text that was shown.

    If that text has changed in the meantime, the fields become paragraphs.
    """
    pieces = [fields[name] for name in sorted(fields, key=lambda name: int(name.partition(".")[2] or 0))]
    separators = split_for_editor(shown).separators
    if len(separators) != len(pieces) - 1:
        separators = ("\n\n",) * (len(pieces) - 1)
    return input_to_plain_text(join_parts(pieces, separators))


def edit_text_modal(draft: Draft, material: Material, texts: Texts) -> Block:
    """Return the editor with the whole text. Its payload has the version, so that a newer one is noticed."""
    pieces = split_for_editor(story_with_gap_hints(draft, material)).parts
    about = texts.label("edit-hint-gaps" if list_open_gaps(draft, material) else "edit-hint")
    fields: list[Block] = []
    for n, piece in enumerate(pieces, 1):
        many = len(pieces) > 1
        label = texts.label("edit-label-part", n=n, of=len(pieces)) if many else texts.label("edit-label")
        hint = about if n == len(pieces) else ""
        fields.append(text_input(f"part.{n}", label, piece, hint=hint, is_optional=many, has_focus=n == 1))
    return modal(
        texts.label("edit-title"),
        fields,
        texts.label("modal-cancel"),
        submit=texts.label("modal-save"),
        callback_id=ids.TEXT_EDITED,
        payload=EditorPayload(draft.id, draft.version),
    )
