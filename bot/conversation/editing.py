"""Words that come, change and go: answers written, messages edited or deleted, the whole text rewritten."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.conversation.gaps import put_into, unmarked
from bot.conversation.moves import go_on, passed
from bot.conversation.plan import TEXT_STEPS
from bot.conversation.turns import Ask, Compare, Material, Nothing, Remark, Turn
from db.models.drafts import Change, Draft, Line, Question, Said, Status, Step, Written


def answer_in_words(draft: Draft, question: Question, said: tuple[Said, ...], material: Material) -> Turn:
    """The words as the answer to this question.

    Once the whole text has been edited by hand, a new answer no longer changes it: old and new are shown and
    the person decides.
    """
    words = Written(said)
    rest = passed(replace(draft, strays=tuple(s for s in draft.strays if s not in said)))
    kept = rest.without(Question(Step.OTHER_LANGUAGE, question.key)).answered(question, words)
    if draft.edited is not None and question.step is Step.FILL:
        text = put_into(kept, question, words.text, material)
        if text is not None:
            return go_on(replace(kept, edited=text).decided(question), material, Remark.SWAPPED)
    return _or_compare(go_on(kept, material), question, draft.written(question), words.text)


def _or_compare(turn: Turn, question: Question, old: str, new: str) -> Turn:
    """The turn, or the question what becomes of the whole text when words that may stand in it have changed.

    Where that is being asked already, the old words are those from before the first change: they stand in it.
    """
    if question.step is Step.FILL:  # without its words, a gap is open again
        opening = "{{" + question.about.partition(".")[2] + "}}"
        new = new or opening
        old = old or (opening if opening in (turn.draft.edited or "") else "")
    if asked := turn.draft.change(question):
        old = asked.old
        turn = replace(turn, draft=turn.draft.decided(question))
    if old == new or not _in_the_text(turn.draft, question):
        return turn
    return compared(turn.draft, Change(question.key, old, new))


def compared(draft: Draft, change: Change) -> Compare:
    """What becomes of these words is asked; until it is decided, the change waits, as the one asked about last."""
    return Compare(draft.undecided(change), change)


def _in_the_text(draft: Draft, question: Question) -> bool:
    told = (TEXT_STEPS - {Step.HEADLINE}) | {Step.FIRST_LINE, Step.LINES}
    return draft.edited is not None and question.step in told


def last_written(draft: Draft) -> str | None:
    """The key of the newest answer in words, to which a message sent too early for its question belongs."""
    written = [key for key, answer in draft.answers.items() if isinstance(answer, Written)]
    answers = [key for key in written if Question.named(key).step is not Step.LINES]
    return answers[-1] if answers else None


def extend(draft: Draft, key: str, said: Said) -> Turn:
    """One more message in the answer under this key; a message counts once."""
    answer = draft.answers[key]
    if not isinstance(answer, Written) or any(part.ts == said.ts for part in answer.parts):
        return Ask(draft, Remark.ADDED, key)
    longer = replace(answer, parts=(*answer.parts, said))
    kept = replace(draft, answers={**draft.answers, key: longer})
    return _or_compare(Ask(kept, Remark.ADDED, key), Question.named(key), answer.text, longer.text)


def rewrite(draft: Draft, text: str, material: Material) -> Turn:
    """The whole text as edited: from now on it is the truth, and any question about an old answer is settled.

    A gap left in is still open; one typed over is filled.
    """
    if not text.strip():
        return Ask(draft, Remark.EMPTY)
    status = Status.OPEN if draft.status is Status.PAUSED else draft.status
    cards = tuple(card for line in draft.lines for card in line.cards)
    text = unmarked(text.strip(), cards, draft.language or "en", material)
    changed = replace(draft, edited=text, changes=(), status=status)
    return Ask(changed, Remark.SAVED)


def revise(draft: Draft, said: Said) -> Turn:
    """An earlier message edited in Slack. The same text again (a link preview) changes nothing."""
    strays = tuple(_newer(stray, said) for stray in draft.strays)
    former = tuple(_newer(old, said) for old in draft.former)
    held = _newer(draft.held, said) if draft.held else None
    draft = replace(draft, strays=strays, former=former, held=held)
    found = _find(draft, said.channel, said.ts)
    if found is None:
        return Nothing(draft)
    key, old = found
    if old.plain == said.plain:
        return Nothing(draft)
    return _replaced(draft, key, old, replace(said, deleted=old.deleted), remark=Remark.EDITED)


def withdraw(
    draft: Draft, channel: str, ts: str, *, remark: Remark = Remark.REMOVED, before: Collection[str] = ()
) -> Turn:
    """An earlier message deleted in Slack, or not meant: its words leave the story, and the person is told so.

    Where nothing else was answered there, the messages whose place it took, `before`, are the answer again.
    """
    strays = tuple(s for s in draft.strays if (s.channel, s.ts) != (channel, ts))
    former = tuple(s for s in draft.former if (s.channel, s.ts) != (channel, ts))
    held = draft.held if draft.held and (draft.held.channel, draft.held.ts) != (channel, ts) else None
    draft = replace(draft, strays=strays, former=former, held=held)
    found = _find(draft, channel, ts)
    if found is None or found[1].deleted:
        return Nothing(draft)
    key, old = found
    return _replaced(draft, key, old, replace(old, deleted=True), remark=remark, before=before)


def _put_back(draft: Draft, question: Question, channel: str, ts: Collection[str]) -> Draft:
    """The draft with the answer that stood here before, as far as its messages are still kept beside the story."""
    parts = tuple(said for said in draft.former if said.channel == channel and said.ts in ts)
    if not parts:
        return draft
    former = tuple(said for said in draft.former if said not in parts)
    return replace(draft, former=former).answered(question, Written(parts))


def restore(draft: Draft, question: Question, ts: str) -> Turn:
    """[Keep it]: the deleted message's words stay in the story after all."""
    answer = draft.answer(question)
    if isinstance(answer, Written):
        for part in answer.parts:
            if part.ts == ts and part.deleted:
                return _replaced(
                    draft, question.key, part, replace(part, deleted=False), remark=Remark.RESTORED
                )
    return Ask(draft, Remark.OUT_OF_TURN)


def settle(draft: Draft, question: Question, choice: str) -> Turn:
    """[Put the new words in] or [Leave the story]: what becomes of words changed after the whole text.

    Where other changes still wait, the oldest of them is asked about again; its first asking may be far above.
    """
    change = draft.change(question)
    if change is None:
        return Ask(draft, Remark.OUT_OF_TURN)
    remark = None
    settled = draft.decided(question)
    if choice == "swap":
        if draft.edited is None or change.old not in draft.edited:
            return Ask(draft, Remark.NOT_FOUND)
        remark = Remark.SWAPPED
        settled = replace(settled, edited=_swapped(draft.edited, change))
    if settled.changes:
        return replace(compared(settled, settled.changes[0]), remark=remark, settled=choice)
    return Ask(settled, remark, settled=choice)


def _swapped(text: str, change: Change) -> str:
    """The text with the new words where the old ones stood, or at its end; a gap left by words taken out is closed."""
    if not change.old:
        return f"{text}\n\n{change.new}"
    before, _, after = text.partition(change.old)
    if change.new:
        return before + change.new + after
    after = after.removeprefix(".")
    joined = before.rstrip(" ") + after if after[:1].isspace() or not after else before + after
    return joined.replace("\n\n\n\n", "\n\n").strip()


def has_message(draft: Draft, channel: str, ts: str) -> bool:
    """Whether this message's words are anywhere in the draft, answered or kept beside."""
    beside = (*draft.strays, *draft.former, *filter(None, (draft.held,)))
    found = any((said.channel, said.ts) == (channel, ts) for said in beside)
    return found or _find(draft, channel, ts) is not None


def _newer(said: Said, newer: Said) -> Said:
    same = (said.channel, said.ts) == (newer.channel, newer.ts)
    return newer if same and said.plain != newer.plain else said


def _find(draft: Draft, channel: str, ts: str) -> tuple[str, Said] | None:
    for key, answer in draft.answers.items():
        if isinstance(answer, Written):
            for part in answer.parts:
                if (part.channel, part.ts) == (channel, ts):
                    return key, part
    return None


def _replaced(
    draft: Draft, key: str, old: Said, new: Said, *, remark: Remark, before: Collection[str] = ()
) -> Turn:
    answer = draft.answers[key]
    assert isinstance(answer, Written)
    changed = replace(answer, parts=tuple(new if part is old else part for part in answer.parts))
    question = Question.named(key)
    kept = replace(draft, answers={**draft.answers, key: changed})
    if question.step is Step.LINES:
        kept = replace(kept, lines=_with_own_line(draft, question.about, answer.text, changed.text))
    if not changed.text:
        kept = _put_back(kept, question, new.channel, before)
    turn = Ask(kept, remark, f"{key}|{new.ts}")
    return _or_compare(turn, question, answer.text, kept.written(question))


def _with_own_line(draft: Draft, line_id: str, before: str, now: str) -> tuple[Line, ...]:
    """The lines with the one that was written as a message following it, unless it was put otherwise since."""
    if not before and now and all(line.id != line_id for line in draft.lines):
        return (*draft.lines, Line(line_id, now))
    followed = (replace(x, text=now) if (x.id, x.text) == (line_id, before) else x for x in draft.lines)
    return tuple(line for line in followed if line.text)
