"""Making the text out of the answers: pieces moved and joined, nothing written that the person did not choose."""

from __future__ import annotations

import hashlib
import unicodedata

from bot.coaching.openings import openings as likely_openings
from bot.conversation.bank import OPENING
from bot.text import sentences
from db.models.drafts import Draft, Line, Question, Step, Written

_CLOSERS = "\"'”’»)]}"
_INVISIBLE = frozenset(("Mn", "Cf"))
HAVE_ONE = "have_one"
"""The choice at the warm-up of whoever has a text already."""


def text_of(draft: Draft) -> str:
    """The story as it stands: what was edited by hand, else what the answers make."""
    return draft.edited if draft.edited is not None else compose(draft)


def compose(draft: Draft) -> str:
    """The story that the answers make; a pure function, so the same answers always make the same text.

    The chosen opening sentence is *moved* to the front; then the rest of the warm-up, the turn, the lines
    in the order kept with their details, the piece from outside work, and "ask me about". Nothing is added
    but spaces, paragraph breaks and a missing final stop; openings not answered stay visible.
    """
    if pasted := _pasted(draft):
        return _paragraphs([pasted, " ".join(ended(piece) for piece in _line_pieces(draft))])
    first = draft.chosen(Question(Step.FIRST_LINE)) or draft.written(Question(Step.FIRST_LINE))
    taken = _Taken(first)
    warm_up = taken.out_of(draft.written(Question(Step.WARM_UP)))
    turn = taken.out_of(draft.written(Question(Step.TURN)))
    lines = " ".join(filter(None, (taken.out_of(piece) for piece in _line_pieces(draft))))
    outside = taken.out_of(outside_work(draft))
    ask_me = taken.out_of(draft.written(Question(Step.ASK_ME)))
    wanted = taken.found or isinstance(draft.answer(Question(Step.FIRST_LINE)), Written)
    opening = ended(first) if wanted else ""
    head = " ".join(piece for piece in (opening, warm_up) if piece)
    return _paragraphs([head, turn, lines, outside, ask_me])


def _pasted(draft: Draft) -> str:
    """The text brought along, as long as the person has not gone back to write a new one."""
    brought = draft.chosen(Question(Step.WARM_UP)) == HAVE_ONE
    return draft.written(Question(Step.PASTE)) if brought else ""


def outside_work(draft: Draft) -> str:
    """The answer about life outside work, whichever prompt it answered; the newest, if it was more than one."""
    for key, answer in reversed(tuple(draft.answers.items())):
        if Question.named(key).step is Step.OUTSIDE and isinstance(answer, Written) and answer.text:
            return answer.text
    return ""


def filled(draft: Draft, line: Line) -> str:
    """The line with its answered openings filled in place; the others stay as they are.

    An answer loses its last full stop where the card goes on or brings its own, and the card loses its stop
    where the answer ends with another. Braces in an answer are the person's own, and no opening.
    """
    whole, rest = "", line.text
    while found := OPENING.search(rest):
        answer, after = fitted(
            draft.written(Question(Step.FILL, f"{line.id}.{found[1]}")), rest[found.end() :]
        )
        whole += rest[: found.start()] + (answer or found[0])
        rest = after
    return whole + rest


def fitted(answer: str, after: str) -> tuple[str, str]:
    """An answer as it fits into its opening, and what stands behind it: with one stop between them, not two."""
    if after.strip() and answer.endswith(".") and not answer.endswith(".."):
        answer = answer[:-1]
    if answer.endswith(("?", "؟", "!", "…", "..")):
        after = after.removeprefix(".")
    return " ".join(answer.splitlines()), after


def own_pieces(draft: Draft) -> tuple[str, ...]:
    """What is wholly the person's own, in the order of the story."""
    pieces = [draft.written(Question(Step.WARM_UP)), draft.written(Question(Step.TURN))]
    pieces += [draft.written(Question(Step.YOURS, line.id)) for line in draft.lines]
    pieces += [line.text for line in draft.lines if not line.cards]
    pieces += [outside_work(draft), draft.written(Question(Step.ASK_ME))]
    return tuple(piece for piece in pieces if piece)


def first_lines(draft: Draft) -> tuple[str, ...]:
    """Up to three of the person's own sentences that could open the story; none when there is nothing to choose."""
    pieces = own_pieces(draft)
    return likely_openings(pieces) if sum(len(sentences(piece)) for piece in pieces) > 1 else ()


def opening_id(sentence: str) -> str:
    """What tells a first line from the others, however they change."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:12]


def ended(text: str) -> str:
    """The text with a final stop where one is missing: after a word, a number, or a sign that belongs to one."""
    text = text.strip()
    last = _last(text)
    counts = last.isalnum() or last == "%" or unicodedata.category(last or " ") == "Sc"
    return f"{text}." if counts else text


def _last(text: str) -> str:
    """The last character that is seen, behind which only quotes and brackets close."""
    for character in reversed(text):
        if character not in _CLOSERS and unicodedata.category(character) not in _INVISIBLE:
            return character
    return ""


class _Taken:
    """The opening sentence, taken out of the first piece in which it stands, and out of no other."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence.strip()
        self.found = False

    def out_of(self, piece: str) -> str:
        """The piece without the opening sentence, with its final stop."""
        if self.sentence and not self.found:
            for s in sentences(piece):
                if s.text.strip() == self.sentence:
                    self.found = True
                    piece = _closed(piece[: s.start], piece[s.end :])
                    break
        return ended(piece)


def _closed(before: str, after: str) -> str:
    """What stood around a sentence, put together; lines stay lines."""
    head, tail = before.rstrip(), after.lstrip()
    gap = before[len(head) :] + after[: len(after) - len(tail)]
    return ("\n" if "\n" in gap else " ").join(part for part in (head, tail) if part)


def _line_pieces(draft: Draft) -> list[str]:
    """Every kept line, filled, with the detail that makes it one's own as a sentence after it."""
    pieces: list[str] = []
    for line in draft.lines:
        pieces += [filled(draft, line), draft.written(Question(Step.YOURS, line.id))]
    pieces += [draft.written(Question(Step.BALANCE, about)) for about in ("company", "culture")]
    return [piece for piece in pieces if piece.strip()]


def _paragraphs(parts: list[str]) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip())
