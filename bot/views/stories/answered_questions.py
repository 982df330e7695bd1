"""Answered questions: the answer in place of the buttons, and a way to change it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.plan import is_planned
from bot.conversation.side_effects import ADVOCATE_ASK_KINDS
from bot.conversation.turns import Material
from bot.i18n import Texts
from bot.views.blocks import Block, Message, context, escape_user_text, plain_text_sections
from bot.views.programme.segments import segment_label
from bot.views.stories.questions import build_screen
from bot.views.stories.screen import (
    ScreenChoice,
)
from db.models.drafts import ChosenAnswer, Draft, DraftStep, Question, SkippedAnswer, WrittenAnswer


def answered_question_message(draft: Draft, question: Question, material: Material, texts: Texts) -> Message:
    """Return an answered question: the answer in place of the buttons, with a way to change it."""
    sentence = _answer_text(draft, question, material, texts)
    prompt = (
        texts.say("ask-rules-done")
        if question.step is DraftStep.RULES
        else _prompt_text(draft, question, material, texts)
    )
    blocks: list[Block] = [context(prompt), *plain_text_sections(f"› {sentence}")]
    if (
        question.step not in _UNCHANGEABLE_STEPS
        and draft.at != question
        and draft.answer_to(question) is not None
    ):
        change = ScreenChoice("change", texts.label("choice-change")).to_button(draft, question)
        blocks[-1]["accessory"] = change
    return Message(
        f"{prompt}\n› {escape_user_text(sentence)}",
        tuple(blocks),
        has_personal_text=isinstance(draft.answer_to(question), WrittenAnswer),
    )


_UNCHANGEABLE_STEPS = frozenset(
    {
        DraftStep.INVITATION,
        DraftStep.DRAFT,
        DraftStep.LAST_LOOK,
        DraftStep.TAKE,
        DraftStep.OTHER_LANGUAGE,
        DraftStep.DONE,
    }
)
"""Steps whose answer can't be changed in place: other buttons lead back to them."""


def _prompt_text(draft: Draft, question: Question, material: Material, texts: Texts) -> str:
    if question.step is DraftStep.INVITATION:
        return texts.say("done-invitation")
    whole = build_screen(draft, question, material, texts).prompt
    return whole.partition("\n")[0]


def _answer_text(draft: Draft, question: Question, material: Material, texts: Texts) -> str:
    if draft.at == question:
        return texts.label("answered-again")
    match draft.answer_to(question):
        case ChosenAnswer(choices):
            return ", ".join(
                _choice_text(question, choice, draft, texts, segment_names=material.segments)
                for choice in choices
            )
        case SkippedAnswer():
            return texts.label(_SKIP_LABEL_KEYS.get(question.step, "answered-skipped"))
        case WrittenAnswer():
            return texts.label("answered-words")
        case None:
            asked = is_planned(draft, question, material)
            return texts.label("answered-again" if asked else "answered-changed")


_SKIP_LABEL_KEYS: Mapping[DraftStep, str] = {
    DraftStep.FIRST_LINE: "choice-as_is",
    DraftStep.FILL: "choice-leave-open",
}
"""The meaning of a skipped question where a button says it in its own words."""


def _choice_text(
    question: Question, choice: str, draft: Draft, texts: Texts, *, segment_names: Mapping[str, str]
) -> str:
    if question.step is DraftStep.SEGMENT:
        return segment_label(choice, segment_names, texts)
    if question.step is DraftStep.FIRST_LINE:
        return choice
    if question.step is DraftStep.LINES and question.about:
        return texts.label("lines-so-far", n=len(draft.lines))
    if question.step is DraftStep.HAND and choice in ADVOCATE_ASK_KINDS:
        return texts.label(f"hand-{choice}")
    if choice == "fine":
        return texts.label(
            f"choice-fine-{ {DraftStep.OTHER_LANGUAGE: 'language'}.get(question.step, question.step) }"
        )
    if question.step is DraftStep.LINES and choice == "done":
        return texts.label("choice-without")
    return texts.label(f"choice-{choice}")
