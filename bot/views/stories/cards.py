"""The lines of a story: the intro, the pages of cards, and their modals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot import ids
from bot.conversation.bank import Card, placeholder_names
from bot.conversation.compose import fill_placeholders
from bot.conversation.gaps import BLANK, list_open_gaps, mark_gaps
from bot.conversation.plan import next_page, page_card_ids
from bot.conversation.turns import Material
from bot.i18n import Texts
from bot.payloads import ButtonPayload, QuestionPayload
from bot.text import truncate_at_word
from bot.views.blocks import (
    Block,
    actions,
    context,
    divider,
    modal,
    plain_text_object,
    plain_text_sections,
    section,
    text_input,
)
from bot.views.stories.editor import MAX_FIELD_LENGTH, join_editor_fields, split_for_editor
from bot.views.stories.screen import Screen, ScreenChoice, readable_line, was_answer_choices
from bot.views.view_state import ViewState, text_input_values
from db.models.drafts import Draft, Question, StoryLine

CARDS_SHOWN = 10
LINE_PREVIEW_LENGTH = 600
"""The characters of the person's own line that a page shows; its message and its modal have all of it."""
MAX_OWN_LINES_SHOWN = 5


def lines_intro_screen(draft: Draft, _question: Question, _material: Material, texts: Texts) -> Screen:
    """Return the intro to the cards. The first page is dealt and counted only when it's opened."""
    key = "choice-open-again" if draft.opened else "choice-open"
    choices = (
        ScreenChoice("open", texts.label(key), "primary"),
        ScreenChoice("skip", texts.label("choice-without")),
    )
    return Screen(texts.say("ask-lines", n=CARDS_SHOWN), choices=choices)


def lines_page_screen(draft: Draft, question: Question, material: Material, texts: Texts) -> Screen:
    """Return one page of cards, each with its three answers, and below them the buttons to continue."""
    cards = [material.bank.card(card) for card in page_card_ids(draft, question.about, material)]
    body: list[Block] = []
    for card in cards:
        body += [*_card_blocks(draft, question, card, texts), divider()]
    body += _own_line_blocks(draft, question, texts)
    body.append(context(texts.say("lines-so-far", n=len(draft.lines))))
    quotes = [f"“{readable_line(card.texts[draft.language or 'en'])}”" for card in cards]
    spoken = "\n".join([*quotes, *(f"• {c.label}" for c in _card_choices("", None, texts))])
    prompt = _page_prompt(question, cards, texts)
    return Screen(
        prompt,
        tuple(body),
        _page_choices(draft, question, material, texts),
        has_personal_text=True,
        spoken_text=spoken,
    )


def _page_prompt(question: Question, cards: list[Card], texts: Texts) -> str:
    if not question.about.isdigit():
        return texts.say("ask-lines-more")
    first = (int(question.about) - 1) * len(cards) + 1
    return texts.say("ask-lines-page", **{"from": first, "to": first + len(cards) - 1, "of": CARDS_SHOWN})


def _page_choices(
    draft: Draft, question: Question, material: Material, texts: Texts
) -> tuple[ScreenChoice, ...]:
    choices = [*was_answer_choices(draft, texts)]
    choices.append(ScreenChoice("done", texts.label("choice-done-lines", n=len(draft.lines)), "primary"))
    if next_page(draft, question.about, material):
        key = "choice-next" if question.about == "1" else "choice-others"
        choices.append(ScreenChoice("next", texts.label(key)))
    if len(draft.lines) > 1:
        choices.append(ScreenChoice("merge", texts.label("choice-merge"), action_id=ids.CARD_MERGE))
    choices.append(ScreenChoice("write", texts.label("choice-write"), action_id=ids.CARD_WRITE))
    if not any(line.id in page_card_ids(draft, question.about, material) for line in draft.lines):
        choices.append(ScreenChoice("none", texts.label("choice-none")))
    return tuple(choices)


def _card_blocks(draft: Draft, question: Question, card: Card, texts: Texts) -> list[Block]:
    """Return a card: its text, the hints for its gaps, and its three answers or the one given."""
    text = card.texts[draft.language or "en"]
    kept = next((line for line in draft.lines if card.id in line.cards), None)
    shown = readable_line(text)
    blocks = plain_text_sections(f"{shown}")
    if kept is None:
        hints = [
            card.hints[name][draft.language or "en"] for name in placeholder_names(text) if name in card.hints
        ]
        if hints:
            blocks.append(context("   ".join(f"{BLANK} {hint}" for hint in hints)))
    elif kept.text != text:
        blocks += [
            context(texts.say("card-changed")),
            *plain_text_sections(truncate_at_word(readable_line(kept.text), LINE_PREVIEW_LENGTH)),
        ]
    else:
        blocks.append(context(texts.say("card-kept")))
    if card.id in draft.left:
        blocks.append(context(texts.say("card-left")))
    blocks += actions([c.to_button(draft, question) for c in _card_choices(card.id, kept, texts)])
    return blocks


def _card_choices(card_id: str, kept: StoryLine | None, texts: Texts) -> tuple[ScreenChoice, ...]:
    if kept is not None:
        return (
            ScreenChoice(
                "reword", texts.label("choice-change-line"), about=kept.id, action_id=ids.CARD_CHANGE
            ),
            ScreenChoice("leave", texts.label("choice-drop"), about=kept.id),
        )
    return (
        ScreenChoice("keep", texts.label("choice-keep"), about=card_id),
        ScreenChoice("reword", texts.label("choice-change-card"), about=card_id, action_id=ids.CARD_CHANGE),
        ScreenChoice("leave", texts.label("choice-leave-card"), about=card_id),
    )


def _own_line_blocks(draft: Draft, question: Question, texts: Texts) -> list[Block]:
    own = [line for line in draft.lines if not line.cards]
    blocks: list[Block] = [section(f"*{texts.say('lines-own')}*")] if own else []
    for line in own[-MAX_OWN_LINES_SHOWN:]:
        blocks += plain_text_sections(truncate_at_word(line.text, LINE_PREVIEW_LENGTH))
        blocks += actions([c.to_button(draft, question) for c in _card_choices(line.id, line, texts)])
    return blocks


# --- modals -----------------------------------------------------------------------------------------


def change_line_modal(draft: Draft, about: str, material: Material, texts: Texts) -> Block:
    """Return the modal that puts a card or a kept line into the person's own words."""
    text = shown_line_text(draft, about, material)
    label, hint = texts.label("card-change-label"), texts.label("card-change-hint")
    fields = [
        text_input(
            f"line.{n}" if n else "line", label, piece, hint=hint, has_focus=not n, is_optional=bool(n)
        )
        for n, piece in enumerate(split_for_editor(text).parts)
    ]
    payload = QuestionPayload(draft.id, draft.at, subject=about)
    return _line_modal("card-change-title", ids.CARD_CHANGED, fields, payload=payload, texts=texts)


def shown_line_text(draft: Draft, about: str, material: Material) -> str:
    """Return a card or a kept line as its modal shows it, with its gaps marked; empty for one that's gone."""
    kept = [line for line in draft.lines if line.id == about]
    if not kept and material.bank.has_card(about):
        kept = [StoryLine(about, material.bank.card(about).texts[draft.language or "en"], (about,))]
    return _marked_text(draft, kept, [line.text for line in kept], material)


def _marked_text(draft: Draft, lines: list[StoryLine], texts: list[str], material: Material) -> str:
    """Return the lines one after the other, with their gaps marked."""
    text = " ".join(texts)
    return mark_gaps(text, list_open_gaps(replace(draft, lines=tuple(lines)), material, text))


def own_line_modal(draft: Draft, texts: Texts) -> Block:
    """Return the modal for a new line."""
    field = text_input(
        "line", texts.label("card-write-label"), hint=texts.label("card-write-hint"), has_focus=True
    )
    return _line_modal(
        "card-write-title",
        ids.CARD_WRITTEN,
        [field],
        payload=QuestionPayload(draft.id, draft.at),
        texts=texts,
    )


def merge_lines_modal(draft: Draft, material: Material, texts: Texts) -> Block:
    """Return the modal that merges two kept lines."""
    if len(draft.lines) < 2:
        return modal(
            texts.label("card-merge-title"),
            [section(texts.say("card-merge-few"))],
            texts.label("modal-close"),
        )
    first, second = draft.lines[0], draft.lines[1]
    both = _marked_text(
        draft, [first, second], [fill_placeholders(draft, x) for x in (first, second)], material
    )
    fields = [
        _line_select("first", texts.label("card-merge-first"), draft, first),
        _line_select("second", texts.label("card-merge-second"), draft, second),
        text_input(
            "line",
            texts.label("card-merge-label"),
            both if len(both) <= MAX_FIELD_LENGTH else "",
            hint=texts.label("card-merge-hint"),
        ),
    ]
    return _line_modal(
        "card-merge-title", ids.CARD_MERGED, fields, payload=QuestionPayload(draft.id, draft.at), texts=texts
    )


@dataclass(frozen=True)
class MergeForm:
    """The submitted form for merging two lines: their ids, and the text that replaces them."""

    first: str
    second: str
    text: str


def parse_merge_form(view: Mapping[str, Any]) -> MergeForm:
    """Return the submitted form for merging two lines."""
    state = ViewState.parse(view)
    return MergeForm(state.text("first"), state.text("second"), parse_line_text(view))


def parse_line_text(view: Mapping[str, Any], shown: str = "") -> str:
    """Return the line as written; `shown` is the text that the modal showed, if it was long."""
    return join_editor_fields(text_input_values(view), shown)


def _line_select(block_id: str, label: str, draft: Draft, chosen: StoryLine) -> Block:
    options = {
        line.id: {
            "text": plain_text_object(readable_line(fill_placeholders(draft, line)), 75),
            "value": line.id,
        }
        for line in draft.lines
    }
    element = {
        "type": "static_select",
        "action_id": "line",
        "options": list(options.values())[:100],
        "initial_option": options[chosen.id],
    }
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain_text_object(label, 2000),
        "element": element,
    }


def _line_modal(
    title: str, callback_id: str, fields: list[Block], *, payload: ButtonPayload, texts: Texts
) -> Block:
    return modal(
        texts.label(title),
        fields,
        texts.label("modal-cancel"),
        submit=texts.label("modal-save"),
        callback_id=callback_id,
        payload=payload,
    )
