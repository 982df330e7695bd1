"""The side effects of a turn on counting, consent and versions: a pure difference between two drafts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.conversation.compose import fill_placeholders, story_text
from bot.conversation.plan import page_card_ids
from bot.conversation.turns import Material
from bot.text import OverlapOutcome, card_outcome_in_line, card_outcome_in_story, own_words_share
from db.models.drafts import ChosenAnswer, Draft, DraftStep, Question, WrittenAnswer

ADVOCATE_ASK_KINDS = ("post", "event", "blog", "candidate")
"""What an advocate may be asked for."""

Source = Literal["composed", "edited", "pasted"]


@dataclass(frozen=True)
class ShownCard:
    """A card on an opened page; its position counts from 1 over the whole first screen."""

    card: str
    theme: str
    page: str
    position: int


@dataclass(frozen=True)
class ConsentChange:
    """A yes or no to one use."""

    use: str
    given: bool


@dataclass(frozen=True)
class CardOutcome:
    """What became of one card in the saved story."""

    card: str
    theme: str
    outcome: OverlapOutcome


def newly_shown_counted_cards(before: Draft, after: Draft, material: Material) -> tuple[ShownCard, ...]:
    """Return the cards that this change opened; none for an author who declined counting."""
    if not after.counted:
        return ()
    found: list[ShownCard] = []
    for page in after.opened:
        if page in before.opened:
            continue
        first = (int(page) - 1) * 5 if page.isdigit() else 10 + (int(page.removeprefix("more")) - 1) * 5
        for place, card in enumerate(page_card_ids(after, page, material), first + 1):
            found.append(ShownCard(card, material.bank.card(card).theme, page, place))
    return tuple(found)


def consent_changes(before: Draft, after: Draft) -> tuple[ConsentChange, ...]:
    """Return the consents given or refused by this change, one for each use."""
    found: list[ConsentChange] = []
    if after.counted is not None and after.counted != before.counted:
        found.append(ConsentChange("counting", after.counted))
    hand = after.answer_to(Question(DraftStep.HAND))
    if isinstance(hand, ChosenAnswer) and hand != before.answer_to(Question(DraftStep.HAND)):
        found += [ConsentChange(f"ask-{kind}", kind in hand.choices) for kind in ADVOCATE_ASK_KINDS]
    highlight = after.first_choice(Question(DraftStep.HIGHLIGHT))
    if highlight and highlight != before.first_choice(Question(DraftStep.HIGHLIGHT)):
        found.append(ConsentChange("highlight", highlight == "yes"))
    return tuple(found)


def new_story_version(before: Draft, after: Draft) -> tuple[str, Source] | None:
    """Return the text to save as a version, with its source, if this change made a new one."""
    pasted = Question(DraftStep.PASTE)
    if after.written_text(pasted) and after.written_text(pasted) != before.written_text(pasted):
        return after.written_text(pasted), "pasted"
    if not has_reached_story_text(after):
        return None
    text = story_text(after)
    if text == (story_text(before) if has_reached_story_text(before) else before.written_text(pasted)):
        return None
    source: Source = "edited" if after.edited is not None else "composed"
    return (text, source) if text else None


def has_reached_story_text(draft: Draft) -> bool:
    """Return whether the draft has come as far as a text: the draft step was reached, or the text edited by hand."""
    reached = draft.at.step in {
        DraftStep.DRAFT,
        DraftStep.HEADLINE,
        DraftStep.LAST_LOOK,
        DraftStep.TAKE,
        DraftStep.HAND,
    }
    at_the_end = draft.at.step in {DraftStep.HIGHLIGHT, DraftStep.DONE}
    return (
        reached
        or at_the_end
        or draft.edited is not None
        or draft.answer_to(Question(DraftStep.DRAFT)) is not None
    )


def has_own_content(draft: Draft) -> bool:
    """Return whether the author wrote or kept anything: they may decline after going back to the invitation."""
    written = any(isinstance(answer, WrittenAnswer) for answer in draft.answers.values())
    kept = draft.unplaced or draft.superseded or draft.lines
    return written or bool(kept) or draft.edited is not None


def has_begun(draft: Draft) -> bool:
    """Return whether there is anything to keep: words, or an answer beyond the yes to the invitation."""
    return has_own_content(draft) or any(
        Question.from_key(key).step is not DraftStep.INVITATION for key in draft.answers
    )


def headline(draft: Draft) -> str | None:
    """Return the line under the name, if one was written."""
    return draft.written_text(Question(DraftStep.HEADLINE)) or None


def kept_card_outcomes(draft: Draft, material: Material) -> tuple[CardOutcome, ...]:
    """Return what became of each kept card: in its line, or in the story once that was edited by hand."""
    found: list[CardOutcome] = []
    for line in draft.lines:
        for card_id in line.cards:
            card = material.bank.card(card_id)
            text = card.texts[draft.language or "en"]
            if draft.edited is not None:
                result = card_outcome_in_story(text, draft.edited)
            else:
                result = card_outcome_in_line(text, fill_placeholders(draft, line))
            found.append(CardOutcome(card_id, card.theme, result))
    return tuple(found)


def own_share_of_story(draft: Draft, material: Material) -> float:
    """Return the share of the story's words that are the author's own, between 0 and 1."""
    cards = [material.bank.card(c).texts[draft.language or "en"] for line in draft.lines for c in line.cards]
    return own_words_share(story_text(draft), cards)
