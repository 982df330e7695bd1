"""Words in the conversation: an answer, one more line of the answer before, a greeting, or something to keep."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import editing, lines
from bot.conversation.moves import awake, go_on
from bot.conversation.plan import TEXT_STEPS, takes_words
from bot.conversation.turns import Ask, Finished, Material, Remark, Turn
from bot.text import is_greeting
from db.models.drafts import Draft, Question, Said, Status, Step, Written


def told(draft: Draft, said: Said, late: bool, material: Material) -> Turn:
    """What comes of a message. `late` means that it was written before the present question stood there."""
    if not said.plain.strip():
        return Ask(draft, Remark.EMPTY)
    if is_greeting(said.plain):
        return _greeted(draft, said)
    if draft.status is Status.PAUSED:
        return _back(awake(draft), said)
    # A page of cards stands there only because it was asked for: words at it are a line, however quick.
    at_the_cards = draft.at.step is Step.LINES and draft.at.about
    if late and not at_the_cards and (key := editing.last_written(draft)):
        return editing.extend(draft, key, said)
    return _answer(draft, said, material)


def confirm(draft: Draft, material: Material) -> Turn:
    """[That was my answer]: the words held are the answer."""
    if draft.held is None:
        return Ask(draft, Remark.OUT_OF_TURN)
    return _answer(replace(draft, strays=draft.early, held=None), draft.held, material)


def _greeted(draft: Draft, said: Said) -> Turn:
    """A bare greeting is no answer, but it might be: it is held, and the question shown again."""
    if draft.status is Status.PAUSED:
        return Ask(awake(draft), Remark.WELCOME_BACK)
    if draft.at.step in TEXT_STEPS:
        return Ask(replace(draft, held=said), Remark.GREETING)
    return Finished(draft) if draft.at.step is Step.DONE else Ask(draft, Remark.WELCOME_BACK)


def _back(draft: Draft, said: Said) -> Turn:
    """The first words after a pause: the question may be long forgotten, so whether they answer it is asked."""
    kept = replace(draft, strays=(*draft.strays, said))
    if takes_words(draft.at):
        return Ask(replace(kept, held=said), Remark.BACK)
    return Ask(kept, Remark.WELCOME_BACK)


def _answer(draft: Draft, said: Said, material: Material) -> Turn:
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
