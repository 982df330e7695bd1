"""What a change of a draft leaves behind for counting and consent: a pure difference of before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.conversation.compose import filled, text_of
from bot.conversation.plan import page_cards
from bot.conversation.turns import Material
from bot.text import Outcome, outcome, outcome_in_story, own_words_share
from db.models.drafts import Chosen, Draft, Question, Step, Written

HAND_KINDS = ("post", "event", "blog", "candidate")
"""What an advocate may be asked for."""

Source = Literal["composed", "edited", "pasted"]


@dataclass(frozen=True)
class Shown:
    """A card on a page that was opened; position counts from 1 over the whole first screen."""

    card: str
    theme: str
    page: str
    position: int


@dataclass(frozen=True)
class Agreed:
    """A yes or no to one use."""

    use: str
    given: bool


@dataclass(frozen=True)
class Became:
    """What became of one card in the saved story."""

    card: str
    theme: str
    outcome: Outcome


def shown(before: Draft, after: Draft, material: Material) -> tuple[Shown, ...]:
    """The cards that this change opened; nothing for somebody who asked not to be counted."""
    if not after.counted:
        return ()
    found: list[Shown] = []
    for page in after.opened:
        if page in before.opened:
            continue
        first = (int(page) - 1) * 5 if page.isdigit() else 10 + (int(page.removeprefix("more")) - 1) * 5
        for place, card in enumerate(page_cards(after, page, material), first + 1):
            found.append(Shown(card, material.bank.card(card).theme, page, place))
    return tuple(found)


def agreed(before: Draft, after: Draft) -> tuple[Agreed, ...]:
    """The consents given or refused by this change, each use by itself."""
    found: list[Agreed] = []
    if after.counted is not None and after.counted != before.counted:
        found.append(Agreed("counting", after.counted))
    hand = after.answer(Question(Step.HAND))
    if isinstance(hand, Chosen) and hand != before.answer(Question(Step.HAND)):
        found += [Agreed(f"ask-{kind}", kind in hand.choices) for kind in HAND_KINDS]
    shown_once = after.chosen(Question(Step.HIGHLIGHT))
    if shown_once and shown_once != before.chosen(Question(Step.HIGHLIGHT)):
        found.append(Agreed("highlight", shown_once == "yes"))
    return tuple(found)


def new_text(before: Draft, after: Draft) -> tuple[str, Source] | None:
    """The text to keep as a version, when this change made one: pasted, composed at the draft, or edited."""
    pasted = Question(Step.PASTE)
    if after.written(pasted) and after.written(pasted) != before.written(pasted):
        return after.written(pasted), "pasted"
    if not has_text(after):
        return None
    text = text_of(after)
    if text == (text_of(before) if has_text(before) else before.written(pasted)):
        return None
    source: Source = "edited" if after.edited is not None else "composed"
    return (text, source) if text else None


def has_text(draft: Draft) -> bool:
    """Whether the conversation has come as far as a text: the draft has been reached, or edited by hand."""
    reached = draft.at.step in {Step.DRAFT, Step.HEADLINE, Step.LAST_LOOK, Step.TAKE, Step.HAND}
    ended = draft.at.step in {Step.HIGHLIGHT, Step.DONE}
    return reached or ended or draft.edited is not None or draft.answer(Question(Step.DRAFT)) is not None


def has_words(draft: Draft) -> bool:
    """Whether the person has written or kept anything: somebody may decline who has come back to the invitation."""
    written = any(isinstance(answer, Written) for answer in draft.answers.values())
    beside = draft.strays or draft.former or draft.lines
    return written or bool(beside) or draft.edited is not None


def has_begun(draft: Draft) -> bool:
    """Whether there is anything to keep: words, or an answer beyond the yes to the invitation."""
    return has_words(draft) or any(Question.named(key).step is not Step.INVITATION for key in draft.answers)


def headline(draft: Draft) -> str | None:
    """The line under the name, if one was written."""
    return draft.written(Question(Step.HEADLINE)) or None


def became(draft: Draft, material: Material) -> tuple[Became, ...]:
    """For each card in a kept line, what became of it: in its line, or in the story once that is edited by hand."""
    found: list[Became] = []
    for line in draft.lines:
        for card_id in line.cards:
            card = material.bank.card(card_id)
            text = card.texts[draft.language or "en"]
            if draft.edited is not None:
                result = outcome_in_story(text, draft.edited)
            else:
                result = outcome(text, filled(draft, line))
            found.append(Became(card_id, card.theme, result))
    return tuple(found)


def own_share(draft: Draft, material: Material) -> float:
    """The share of the story's words that are its author's own, between 0 and 1."""
    cards = [material.bank.card(c).texts[draft.language or "en"] for line in draft.lines for c in line.cards]
    return own_words_share(text_of(draft), cards)
