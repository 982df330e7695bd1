"""Composing the story from the answers: passages are moved and joined, and none is written by the bot."""

from __future__ import annotations

import hashlib
import unicodedata

from bot.coaching.openings import suggest_first_sentences
from bot.conversation.bank import PLACEHOLDER_PATTERN
from bot.text import split_sentences
from db.models.drafts import Draft, DraftStep, Question, StoryLine, WrittenAnswer

_CLOSING_MARKS = "\"'”’»)]}"
_INVISIBLE_CATEGORIES = frozenset(("Mn", "Cf"))
HAS_TEXT_CHOICE = "have_one"
"""The choice at the warm-up for authors who have a text already."""


def story_text(draft: Draft) -> str:
    """Return the current story: the hand-edited text, else the text composed from the answers."""
    return draft.edited if draft.edited is not None else compose_story(draft)


def compose_story(draft: Draft) -> str:
    """Return the story that the answers make. The function is pure: the same answers always make the same text.

    The chosen opening sentence is *moved* to the front; then the rest of the warm-up, the turning point, the lines
    in the order kept with their details, the passage from outside work, and "ask me about". Nothing is added
    but spaces, paragraph breaks and a missing final stop; unanswered placeholders stay visible.
    """
    if pasted := _pasted_text(draft):
        return _join_paragraphs(
            [pasted, " ".join(ensure_final_stop(piece) for piece in _line_passages(draft))]
        )
    first = draft.first_choice(Question(DraftStep.FIRST_LINE)) or draft.written_text(
        Question(DraftStep.FIRST_LINE)
    )
    opening_sentence = _OpeningSentence(first)
    warm_up = opening_sentence.remove_from(draft.written_text(Question(DraftStep.WARM_UP)))
    turn = opening_sentence.remove_from(draft.written_text(Question(DraftStep.TURN)))
    lines = " ".join(filter(None, (opening_sentence.remove_from(piece) for piece in _line_passages(draft))))
    outside = opening_sentence.remove_from(outside_work_answer(draft))
    ask_me = opening_sentence.remove_from(draft.written_text(Question(DraftStep.ASK_ME)))
    is_chosen = opening_sentence.found or isinstance(
        draft.answer_to(Question(DraftStep.FIRST_LINE)), WrittenAnswer
    )
    opening = ensure_final_stop(first) if is_chosen else ""
    head = " ".join(piece for piece in (opening, warm_up) if piece)
    return _join_paragraphs([head, turn, lines, outside, ask_me])


def _pasted_text(draft: Draft) -> str:
    """Return the author's existing text, unless they have gone back to write a new one."""
    has_text = draft.first_choice(Question(DraftStep.WARM_UP)) == HAS_TEXT_CHOICE
    return draft.written_text(Question(DraftStep.PASTE)) if has_text else ""


def outside_work_answer(draft: Draft) -> str:
    """Return the newest answer about life outside work, whichever prompt it answered."""
    for key, answer in reversed(tuple(draft.answers.items())):
        if (
            Question.from_key(key).step is DraftStep.OUTSIDE
            and isinstance(answer, WrittenAnswer)
            and answer.text
        ):
            return answer.text
    return ""


def fill_placeholders(draft: Draft, line: StoryLine) -> str:
    """Return the line with its answered placeholders filled in; the others stay as they are.

    An answer loses its last full stop where the card goes on or brings its own, and the card loses its stop
    where the answer ends with another mark. Braces in an answer are the author's own, and no placeholder.
    """
    whole, rest = "", line.text
    while found := PLACEHOLDER_PATTERN.search(rest):
        answer, after = fit_answer_and_rest(
            draft.written_text(Question(DraftStep.FILL, f"{line.id}.{found[1]}")), rest[found.end() :]
        )
        whole += rest[: found.start()] + (answer or found[0])
        rest = after
    return whole + rest


def fit_answer_and_rest(answer: str, after: str) -> tuple[str, str]:
    """Return the answer fitted into its placeholder, and the text after it, with one stop between them."""
    if after.strip() and answer.endswith(".") and not answer.endswith(".."):
        answer = answer[:-1]
    if answer.endswith(("?", "؟", "!", "…", "..")):
        after = after.removeprefix(".")
    return " ".join(answer.splitlines()), after


def first_line_passages(draft: Draft) -> tuple[str, ...]:
    """Return the passages written by the author alone, in the order of the story."""
    pieces = [draft.written_text(Question(DraftStep.WARM_UP)), draft.written_text(Question(DraftStep.TURN))]
    pieces += [draft.written_text(Question(DraftStep.YOURS, line.id)) for line in draft.lines]
    pieces += [line.text for line in draft.lines if not line.cards]
    pieces += [outside_work_answer(draft), draft.written_text(Question(DraftStep.ASK_ME))]
    return tuple(piece for piece in pieces if piece)


def first_line_candidates(draft: Draft) -> tuple[str, ...]:
    """Return up to three of the author's sentences that could open the story; none if there's no choice."""
    pieces = first_line_passages(draft)
    return suggest_first_sentences(pieces) if sum(len(split_sentences(piece)) for piece in pieces) > 1 else ()


def first_line_id(sentence: str) -> str:
    """Return an id of a first line that stays the same however the other candidates change."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:12]


def ensure_final_stop(text: str) -> str:
    """Return the text with a final stop if it ends in a word, a number, or a sign that belongs to a number."""
    text = text.strip()
    last = _last_visible_character(text)
    needs_stop = last.isalnum() or last == "%" or unicodedata.category(last or " ") == "Sc"
    return f"{text}." if needs_stop else text


def _last_visible_character(text: str) -> str:
    """Return the last visible character that is no closing quote or bracket."""
    for character in reversed(text):
        if character not in _CLOSING_MARKS and unicodedata.category(character) not in _INVISIBLE_CATEGORIES:
            return character
    return ""


class _OpeningSentence:
    """The opening sentence, which is removed only from the first passage that has it."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence.strip()
        self.found = False

    def remove_from(self, piece: str) -> str:
        """Return the passage without the opening sentence, with its final stop."""
        if self.sentence and not self.found:
            for s in split_sentences(piece):
                if s.text.strip() == self.sentence:
                    self.found = True
                    piece = _join_around_gap(piece[: s.start], piece[s.end :])
                    break
        return ensure_final_stop(piece)


def _join_around_gap(before: str, after: str) -> str:
    """Join the text around a removed sentence; line breaks are kept."""
    head, tail = before.rstrip(), after.lstrip()
    gap = before[len(head) :] + after[: len(after) - len(tail)]
    return ("\n" if "\n" in gap else " ").join(part for part in (head, tail) if part)


def _line_passages(draft: Draft) -> list[str]:
    """Return every kept line, filled in and followed by its personal detail."""
    pieces: list[str] = []
    for line in draft.lines:
        pieces += [fill_placeholders(draft, line), draft.written_text(Question(DraftStep.YOURS, line.id))]
    pieces += [draft.written_text(Question(DraftStep.BALANCE, about)) for about in ("company", "culture")]
    return [piece for piece in pieces if piece.strip()]


def _join_paragraphs(parts: list[str]) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip())
