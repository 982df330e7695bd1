"""The editor: the whole text in one field, or in paragraphs where it is longer than a field holds."""

from __future__ import annotations

from bot import ids
from bot.conversation.gaps import display_text, list_open_gaps
from bot.conversation.turns import Material
from bot.i18n import Texts
from bot.ids import ButtonPayload
from bot.text import SplitText, input_to_plain_text, join_parts, split_paragraphs
from bot.views.blocks import Block, modal, text_input
from db.models.drafts import Draft

MAX_FIELD_LENGTH = 2800
"""Characters in one field, under Slack's 3,000, with room to write."""


def split_for_editor(text: str) -> SplitText:
    """The text as the editor shows it: in one piece, or in paragraphs that each leave room to write."""
    return (
        split_paragraphs(text, MAX_FIELD_LENGTH) if len(text) > MAX_FIELD_LENGTH else SplitText((text,), ())
    )


def join_editor_fields(fields: dict[str, str], shown: str) -> str:
    """What came back in the fields as one text again, with what stood between them in the text that was shown.

    Where that has changed since, paragraphs are paragraphs again.
    """
    pieces = [fields[name] for name in sorted(fields, key=lambda name: int(name.partition(".")[2] or 0))]
    separators = split_for_editor(shown).separators
    if len(separators) != len(pieces) - 1:
        separators = ("\n\n",) * (len(pieces) - 1)
    return input_to_plain_text(join_parts(pieces, separators))


def edit_text_modal(draft: Draft, material: Material, texts: Texts) -> Block:
    """The whole text to be edited. It carries the version that it shows, so that a newer one is noticed."""
    pieces = split_for_editor(display_text(draft, material)).parts
    about = texts.label("edit-hint-gaps" if list_open_gaps(draft, material) else "edit-hint")
    fields: list[Block] = []
    for n, piece in enumerate(pieces, 1):
        many = len(pieces) > 1
        label = texts.label("edit-label-part", n=n, of=len(pieces)) if many else texts.label("edit-label")
        hint = about if n == len(pieces) else ""
        fields.append(text_input(f"part.{n}", label, piece, hint=hint, optional=many, focus=n == 1))
    return modal(
        texts.label("edit-title"),
        fields,
        texts.label("modal-cancel"),
        submit=texts.label("modal-save"),
        callback_id=ids.TEXT_EDITED,
        carried=ButtonPayload(draft.id, draft.at.key, str(draft.version)),
    )
