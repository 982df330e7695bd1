"""One step of the conversation: a draft and what the person did, in; a turn with the new draft, out."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import editing, lines, pressing
from bot.conversation.commands import Command
from bot.conversation.moves import go_on, go_to, noted, skip
from bot.conversation.plan import OPTIONAL_STEPS, TEXT_STEPS, before, belongs
from bot.conversation.pressing import awake
from bot.conversation.state import Draft, Question, Said, Status, Step, Written
from bot.conversation.turns import (
    Added,
    Answer,
    Ask,
    Finished,
    Material,
    Merged,
    Note,
    Opened,
    Ordered,
    Paused,
    Pressed,
    Remark,
    Restored,
    Revised,
    Reworded,
    Rewritten,
    Stopped,
    Told,
    Turn,
    Withdrawn,
    Wordless,
)
from bot.words import is_greeting


def advance(draft: Draft, answer: Answer, material: Material) -> Turn:
    """What comes of this answer. The turn's draft has the next version if anything in it changed.

    Never raises for what a person may do: an answer to another question than the present one, a button
    twice, words at a choice all lead to the present question with everything kept.
    """
    turn = _dispatch(draft, answer, material)
    if turn.draft == draft:
        return turn
    return replace(turn, draft=replace(turn.draft, version=draft.version + 1))


def _dispatch(draft: Draft, answer: Answer, material: Material) -> Turn:
    match answer:
        case Told(said, late):
            return _told(draft, said, late, material)
        case Ordered(command):
            return order(draft, command, material)
        case Pressed():
            if answer.choice in _COMMANDS:
                same = answer.question == draft.at
                return order(draft, Command(answer.choice), material) if same else _out_of_turn(draft)
            return pressing.press(draft, answer, material)
        case Opened(deal):
            return lines.open_first_page(draft, deal)
        case Reworded() | Merged() | Added():
            return lines.change(draft, answer, material)
        case Rewritten(text):
            return _still_asked(editing.rewrite(draft, text), material)
        case Revised(said):
            return _still_asked(editing.revise(draft, said), material)
        case Withdrawn(channel, ts):
            return _still_asked(editing.withdraw(draft, channel, ts), material)
        case Restored(question, ts):
            return _still_asked(editing.restore(draft, question, ts), material)
        case Wordless():
            return Ask(draft, Remark.WORDLESS)


def _still_asked(turn: Turn, material: Material) -> Turn:
    """The turn after words were edited; where the present question has lost its point, it goes on from there."""
    if not isinstance(turn, Ask):
        return turn
    if belongs(turn.draft, turn.draft.at, material):
        return replace(turn, draft=noted(turn.draft, material))
    further = go_on(turn.draft, material, turn.remark)
    return replace(further, about=turn.about) if isinstance(further, Ask) else further


_COMMANDS = frozenset(Command)


def _out_of_turn(draft: Draft) -> Turn:
    return Ask(draft, Remark.OUT_OF_TURN)


def order(draft: Draft, command: Command, material: Material) -> Turn:
    """What one of the words for every step does here."""
    done = draft.status is Status.FINISHED
    match command:
        case Command.BACK | Command.SKIP if done:
            return Finished(draft)
        case Command.BACK:
            previous = before(draft, material)
            return go_to(awake(draft), previous) if previous else Ask(draft, Remark.FIRST)
        case Command.SKIP:
            return _skip(awake(draft), material)
        case Command.PAUSE:
            return Paused(draft if done else replace(draft, status=Status.PAUSED))
        case Command.STOP:
            return Stopped(draft if done else replace(draft, status=Status.PAUSED))
        case Command.DELETE | Command.HELP | Command.LANGUAGE:
            return Note(draft, command)


def _skip(draft: Draft, material: Material) -> Turn:
    question = draft.at
    if question.step is Step.PASTE:
        return go_to(draft.without(Question(Step.WARM_UP)), Question(Step.WARM_UP))
    if question.step not in OPTIONAL_STEPS:
        return Ask(draft, Remark.CHOOSE)
    if draft.answer(question) is not None:
        return go_on(draft, material)
    if question.step is Step.LINES:
        return lines.finish(draft, material)
    return skip(draft, material)


def _told(draft: Draft, said: Said, late: bool, material: Material) -> Turn:
    if not said.plain.strip():
        return Ask(draft, Remark.EMPTY)
    if is_greeting(said.plain):
        return _greeted(draft, said)
    # A page of cards stands there only because it was asked for: words at it are a line, however quick.
    at_the_cards = draft.at.step is Step.LINES and draft.at.about
    if late and not at_the_cards and (key := editing.last_written(draft)):
        return editing.extend(awake(draft), key, said)
    return _answer_with_words(awake(draft), said, material)


def _greeted(draft: Draft, said: Said) -> Turn:
    """A bare greeting is no answer, but it might be: it is held, and the question shown again."""
    if draft.status is Status.PAUSED:
        return Ask(awake(draft), Remark.WELCOME_BACK)
    if draft.at.step in TEXT_STEPS:
        return Ask(replace(draft, held=said), Remark.GREETING)
    return Finished(draft) if draft.at.step is Step.DONE else Ask(draft, Remark.WELCOME_BACK)


def _answer_with_words(draft: Draft, said: Said, material: Material) -> Turn:
    question = draft.at
    if question.step in TEXT_STEPS:
        return editing.answer_in_words(draft, question, (said,), material)
    match question.step:
        case Step.LINES if question.about:
            return lines.write(draft, said)
        case Step.FIRST_LINE:
            return go_on(draft.answered(question, Written((said,))), material)
        case Step.OTHER_LANGUAGE:
            return editing.answer_in_words(draft, Question.named(question.about), (said,), material)
    kept = replace(draft, strays=(*draft.strays, said))
    offered = question.step in {Step.INVITATION, Step.RULES, Step.SEGMENT, Step.LANGUAGE, Step.DRAFT}
    return Ask(kept, Remark.STRAY if offered else Remark.CHOOSE)
