"""One step of the conversation: a draft and what the person did, in; a turn with the new draft, out."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import buttons, editing, lines, text_input
from bot.conversation.commands import Command
from bot.conversation.moves import awake, go_on, go_to, noted, skip
from bot.conversation.plan import OPTIONAL_STEPS, before, belongs, takes_words
from bot.conversation.turns import (
    Added,
    Answer,
    Ask,
    Finished,
    Material,
    Merged,
    Note,
    Nothing,
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
    Unmeant,
    Unseen,
    Withdrawn,
    Wordless,
)
from db.models.drafts import Draft, Question, Said, Status, Step, Written


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
            return text_input.told(draft, said, late, material)
        case Ordered(Command.STOP, said):
            return _stop(draft, said)
        case Ordered(command):
            return order(draft, command, material)
        case Pressed():
            if answer.choice in _COMMANDS:
                same = answer.question == draft.at
                return order(draft, Command(answer.choice), material) if same else _out_of_turn(draft)
            return buttons.press(draft, answer, material)
        case Opened(deal):
            return lines.open_first_page(draft, deal)
        case Reworded() | Merged() | Added():
            return lines.change(draft, answer, material)
        case Rewritten(text):
            return _still_asked(editing.rewrite(draft, text, material), material)
        case Revised(said):
            return _still_asked(editing.revise(draft, said), material)
        case Withdrawn(channel, ts):
            return _still_asked(editing.withdraw(draft, channel, ts), material)
        case Unmeant():
            return _unmeant(draft, answer, material)
        case Restored(question, ts):
            return _still_asked(editing.restore(draft, question, ts), material)
        case Unseen():
            return Nothing(draft)
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


def _unmeant(draft: Draft, unmeant: Unmeant, material: Material) -> Turn:
    """The words leave the story; what they were taken to answer has its old answer back, or is asked again."""
    withdrawn = editing.withdraw(
        draft, unmeant.channel, unmeant.ts, remark=Remark.UNMEANT, before=unmeant.before
    )
    turn = _still_asked(withdrawn, material)
    if not isinstance(turn, Ask):
        return turn
    if draft.status is Status.FINISHED:  # there is no next question
        return replace(turn, remark=Remark.TAKEN_OUT)
    question = Question.named(turn.about.partition("|")[0])
    answer = turn.draft.answer(question)
    if isinstance(answer, Written) and any(said.ts in unmeant.before for said in answer.parts):
        return go_on(turn.draft, material, Remark.UNMEANT)
    if turn.draft.written(question) or not belongs(turn.draft, question, material):
        return turn
    return Ask(replace(turn.draft, at=question, held=None), Remark.UNMEANT)


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
            return _stop(draft)
        case Command.DELETE | Command.HELP | Command.LANGUAGE:
            return Note(draft, command)


def _stop(draft: Draft, said: Said | None = None) -> Turn:
    """It stops, whatever the word was meant for; typed where words are an answer, it is kept beside the story."""
    if draft.status is Status.FINISHED:
        return Stopped(draft)
    rests = replace(draft, status=Status.PAUSED)
    if said is None or draft.status is Status.PAUSED or not takes_words(draft.at):
        return Stopped(rests)
    return Stopped(replace(rests, former=(*draft.former, said)), as_answer=True)


def _skip(draft: Draft, material: Material) -> Turn:
    question = draft.at
    if question.step is Step.PASTE:
        return go_to(draft.without(Question(Step.WARM_UP)), Question(Step.WARM_UP))
    if question.step not in OPTIONAL_STEPS:
        return Ask(draft, Remark.CHOOSE)
    if question == lines.INTRO:
        return lines.finish(draft, material)
    if draft.answer(question) is not None:
        return go_on(draft, material)
    if question.step is Step.LINES:
        return lines.finish(draft, material)
    return skip(draft, material)
