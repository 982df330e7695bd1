"""The lines of the story: cards kept, changed, left, merged, and lines of the person's own."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.compose import filled
from bot.conversation.editing import compared
from bot.conversation.gaps import unmarked
from bot.conversation.moves import go_on, go_to
from bot.conversation.plan import next_page
from bot.conversation.turns import (
    Added,
    Ask,
    Finished,
    Material,
    Merged,
    Pressed,
    Redraw,
    Remark,
    Reworded,
    Turn,
)
from db.models.drafts import (
    Change,
    Chosen,
    Deal,
    Draft,
    Language,
    Line,
    Question,
    Said,
    Skipped,
    Step,
    Written,
)

INTRO = Question(Step.LINES)


def open_first_page(draft: Draft, deal: Deal) -> Turn:
    """The first page, because it was asked for; a second deal never replaces the first."""
    if draft.deal is None:
        draft = replace(draft, deal=deal)
    if "1" not in draft.opened:
        draft = replace(draft, opened=("1", *draft.opened))
    draft = draft.answered(INTRO, Chosen(("open",)))
    return go_to(draft, Question(Step.LINES, "1"))


def press(draft: Draft, pressed: Pressed, material: Material) -> Turn:
    """A button on a page of cards. Any page opened answers as long as the conversation is at the cards."""
    match pressed.choice:
        case "keep" if material.bank.has(pressed.about):
            return Redraw(_noted(draft, keep(draft, pressed.about, material)))
        case "leave":
            left = draft.left | {pressed.about} if material.bank.has(pressed.about) else draft.left
            return Redraw(_noted(draft, replace(_without(draft, pressed.about), left=left)))
        case "next":
            return _turn_page(draft, pressed.question.about, material)
        case "none":
            return _none(draft, pressed.question.about, material)
        case "done":
            return finish(draft, material)
    return Ask(draft, Remark.OUT_OF_TURN)


def keep(draft: Draft, card_id: str, material: Material) -> Draft:
    """The draft with this card kept as it is; keeping it twice keeps it once, and a changed one stays changed."""
    left = draft.left - {card_id}
    if any(line.id == card_id or card_id in line.cards for line in draft.lines):
        return replace(draft, left=left)
    card = material.bank.card(card_id)
    line = Line(card.id, card.texts[draft.language or "en"], (card.id,), card.kind)
    return replace(draft, left=left, lines=(*draft.lines, line))


def change(draft: Draft, answer: Reworded | Merged | Added, material: Material) -> Turn:
    """What came back from one of the modals of the cards."""
    if not answer.text.strip():
        return Ask(draft, Remark.EMPTY)
    changed = _changed(draft, answer, material)
    if draft.edited is not None and changed.lines != draft.lines:
        changed, asked = _in_an_edited_text(draft, changed)
        if asked is not None:
            return compared(changed, asked)
    if draft.at.step is Step.LINES:
        return Redraw(changed)
    if draft.at.step is Step.DONE:  # a modal left open until after the end
        return Finished(changed)
    return go_on(changed, material) if changed != draft else Ask(draft, Remark.OUT_OF_TURN)


def _changed(draft: Draft, answer: Reworded | Merged | Added, material: Material) -> Draft:
    """The draft with the line as it came back from its modal; gaps left in it are gaps again."""
    match answer:
        case Reworded(about, text):
            return _reworded(draft, about, _unmarked(draft, text, (about,), material), material)
        case Merged(first, second, text):
            return _merged(draft, first, second, _unmarked(draft, text, (first, second), material))
        case Added(text):
            return _added(draft, text.strip())


def _unmarked(draft: Draft, text: str, about: tuple[str, ...], material: Material) -> str:
    cards = [card for line in draft.lines if line.id in about for card in line.cards]
    return unmarked(text.strip(), (*about, *cards), draft.language or "en", material)


def _in_an_edited_text(before: Draft, after: Draft) -> tuple[Draft, Change | None]:
    """A line changed after the whole text was edited by hand: what becomes of that text is asked, not guessed.

    The old words are those of the line, or of the two merged, as they stood there before any change; nothing
    is asked where they are back again, and of a line taken out that no longer stands there.
    """
    gone = {line.id: filled(before, line) for line in before.lines if line not in after.lines}
    new = {line.id: filled(after, line) for line in after.lines if line not in before.lines}
    questions = [Question(Step.LINES, line_id) for line_id in dict.fromkeys((*gone, *new))]
    waiting = [before.change(question) for question in questions]
    words = [c.old if c else gone.get(q.about, "") for c, q in zip(waiting, questions, strict=True)]
    change = Change(questions[-1].key, " ".join(filter(None, words)), "".join(new.values()))
    settled = change.old == change.new or not (change.new or change.old in (before.edited or ""))
    return after.decided(*questions), None if settled else change


def _noted(before: Draft, after: Draft) -> Draft:
    """The draft after a line was kept, taken out or written at the cards: asked about once the cards are done."""
    if before.edited is None or after.lines == before.lines:
        return after
    after, change = _in_an_edited_text(before, after)
    return after.undecided(change) if change else after


def write(draft: Draft, said: Said) -> Turn:
    """A line of the person's own, written as a message; it follows that message when it is edited or deleted."""
    line = Line(_new_id(draft, "own"), said.plain.strip())
    kept = draft.answered(Question(Step.LINES, line.id), Written((said,)))
    return Redraw(_noted(draft, replace(kept, lines=(*draft.lines, line))))


def finish(draft: Draft, material: Material) -> Turn:
    """Enough lines: every page opened is answered, and the conversation goes on.

    What they change in a text edited by hand is asked first.
    """
    answer = Chosen(("done",)) if draft.opened else Skipped()
    if draft.at == INTRO or draft.answer(INTRO) is None:
        draft = draft.answered(INTRO, answer)
    for page in draft.opened:
        draft = draft.answered(Question(Step.LINES, page), answer)
    waiting = [c for c in draft.changes if Question.named(c.question).step is Step.LINES]
    further = go_on(draft, material)
    return compared(further.draft, waiting[0]) if waiting else further


def _turn_page(draft: Draft, page: str, material: Material) -> Turn:
    following = next_page(draft, page, material)
    if following is None:
        return finish(draft, material)
    draft = draft.answered(Question(Step.LINES, page), Chosen(("next",)))
    if following not in draft.opened:
        draft = replace(draft, opened=(*draft.opened, following))
    return go_to(draft, Question(Step.LINES, following))


def _none(draft: Draft, page: str, material: Material) -> Turn:
    """None of these: on to the other half of the first screen, or on without."""
    return _turn_page(draft, page, material) if page == "1" else finish(draft, material)


def _without(draft: Draft, line_id: str) -> Draft:
    return replace(draft, lines=tuple(line for line in draft.lines if line.id != line_id))


def _reworded(draft: Draft, about: str, text: str, material: Material) -> Draft:
    """The line reworded in its place; a card not kept before is kept in these words.

    Where the line has gone in the meantime (merged, taken out), the words stay as a line of their own.
    """
    if material.bank.has(about):
        draft = keep(draft, about, material)
    if all(line.id != about for line in draft.lines):
        return _added(draft, text)
    lines = tuple(replace(line, text=text) if line.id == about else line for line in draft.lines)
    return replace(draft, lines=lines)


def _merged(draft: Draft, first: str, second: str, text: str) -> Draft:
    """One line in the place of two; it remembers every card that it came from."""
    found = {line.id: line for line in draft.lines}
    if first == second or first not in found or second not in found:
        return draft
    one, two = found[first], found[second]
    kind = one.kind if one.kind == two.kind else ""
    line = Line(_new_id(draft, "mix"), text, tuple(dict.fromkeys(one.cards + two.cards)), kind)
    rest = tuple(line if x.id == first else x for x in draft.lines if x.id != second)
    return replace(_with_details(draft, (first, second), line.id), lines=rest)


def _with_details(draft: Draft, old: tuple[str, str], new: str) -> Draft:
    """The details told of two lines, as the details of the one that they have become."""
    told = [draft.answer(Question(Step.YOURS, line_id)) for line_id in old]
    parts = tuple(part for answer in told if isinstance(answer, Written) for part in answer.parts)
    return draft.answered(Question(Step.YOURS, new), Written(parts)) if parts else draft


def in_language(draft: Draft, language: Language, material: Material) -> tuple[Line, ...]:
    """The lines once the story's language is another: a card kept as it was is kept in the new language."""
    old = draft.language or language

    def said(line: Line) -> Line:
        card = material.bank.card(line.id) if material.bank.has(line.id) else None
        untouched = card is not None and card.texts[old] == line.text
        return replace(line, text=card.texts[language]) if card and untouched else line

    return tuple(map(said, draft.lines))


def _added(draft: Draft, text: str) -> Draft:
    return replace(draft, lines=(*draft.lines, Line(_new_id(draft, "own"), text)))


def _new_id(draft: Draft, stem: str) -> str:
    """An id no line of this draft has had: ids name answers, so a freed one must not be given again."""
    used = {line.id for line in draft.lines} | {
        Question.named(key).about.partition(".")[0] for key in draft.answers
    }
    n = 1
    while f"{stem}-{n}" in used:
        n += 1
    return f"{stem}-{n}"
