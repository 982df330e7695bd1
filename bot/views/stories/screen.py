"""Screens: the content of one question before it becomes blocks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from bot import ids
from bot.conversation.bank import placeholder_names
from bot.conversation.commands import Command
from bot.conversation.gaps import BLANK
from bot.conversation.plan import OPTIONAL_STEPS, TEXT_STEPS
from bot.conversation.turns import Remark
from bot.i18n import Texts
from bot.ids import CHOICE_PRESS
from bot.payloads import QuestionPayload
from bot.views.blocks import (
    Block,
    ButtonStyle,
    Element,
    Message,
    actions,
    button,
    context,
    escape_name,
    escape_user_text,
    link_button,
    plain_text_object,
    plain_text_sections,
    section,
)
from db.models.drafts import Draft, DraftStep, Question


@dataclass(frozen=True)
class ScreenChoice:
    """A button under a question. `action_id` may open a modal, `url` a page; `target` is another question to go to."""

    name: str
    label: str
    style: ButtonStyle = ""
    about: str = ""
    action_id: str = CHOICE_PRESS
    url: str = ""
    target: Question | None = None

    def to_button(self, draft: Draft, question: Question) -> Element:
        """Return the button, whose payload names the question that it answers or leads to."""
        payload = QuestionPayload(draft.id, self.target or question, self.name, self.about)
        if self.url:
            return link_button(self.label, self.action_id, self.url, payload, unique_key=self.about)
        return button(self.label, self.action_id, payload, self.style, unique_key=f"{self.name}.{self.about}")


MAX_SPOKEN_LENGTH = 3000
"""The longest spoken text before the choices: Slack cuts an updated message's text at 4,000 characters."""


@dataclass(frozen=True)
class Screen:
    """One question: the prompt, its content, and the choices."""

    prompt: str
    body: tuple[Block, ...] = ()
    choices: tuple[ScreenChoice, ...] = ()
    hint: str = ""
    has_personal_text: bool = False
    spoken_text: str = ""
    """The content for screen readers, including the person's own words."""


def screen_message(
    draft: Draft, question: Question, screen: Screen, texts: Texts, *, remark: str = ""
) -> Message:
    """Return the screen as a message, whose text has the question and the choices."""
    spoken = [remark, screen.prompt, *_spoken_parts(screen)]
    blocks: list[Block] = [section(remark)] if remark else []
    blocks += [section(screen.prompt), *screen.body]
    if screen.hint:
        blocks.append(context(screen.hint))
    blocks += actions([choice.to_button(draft, question) for choice in screen.choices])
    blocks += actions(_command_elements(draft, question, texts))
    return Message(
        "\n".join(part for part in spoken if part), tuple(blocks), screen.has_personal_text, screen.prompt
    )


def _spoken_parts(screen: Screen) -> list[str]:
    """Return the text read aloud below the question: the choices last, but before words that Slack may cut."""
    labels = [f"• {escape_name(choice.label)}" for choice in screen.choices]
    words = escape_user_text(screen.spoken_text)
    return [words, *labels] if len(words) < MAX_SPOKEN_LENGTH else [*labels, words]


def _command_elements(draft: Draft, question: Question, texts: Texts) -> list[Element]:
    """Return the commands for every step: the common ones as buttons, the others in a menu."""
    if question.step in {DraftStep.INVITATION, DraftStep.DONE}:
        return []
    near = [Command.BACK, Command.PAUSE]
    if question.step in OPTIONAL_STEPS and question.step in TEXT_STEPS:
        near.insert(1, Command.SKIP)
    row = [ScreenChoice(word, texts.label(f"choice-{word}")).to_button(draft, question) for word in near]
    menu = (Command.STOP, Command.DELETE, Command.HELP, Command.LANGUAGE)
    return [*row, _command_menu(draft, question, menu, texts)]


def _command_menu(draft: Draft, question: Question, menu: tuple[Command, ...], texts: Texts) -> Element:
    options = [
        {
            "text": plain_text_object(texts.label(f"menu-{word}"), 75),
            "value": QuestionPayload(draft.id, question, str(word)).pack(),
        }
        for word in menu
    ]
    return {"type": "overflow", "action_id": ids.suffixed_action_id(CHOICE_PRESS, "menu"), "options": options}


def remark_text(remark: Remark | None, texts: Texts) -> str:
    """Return the sentence before the question, if there is one."""
    return texts.say(f"remark-{remark}") if remark else ""


def answer_blocks_and_choices(
    draft: Draft, question: Question, texts: Texts
) -> tuple[tuple[Block, ...], tuple[ScreenChoice, ...]]:
    """Return the answer so far, words that came too early, and a greeting that may be one, with their choices."""
    blocks: list[Block] = []
    choices: list[ScreenChoice] = []
    if written := draft.written_text(question):
        blocks += [context(texts.say("answer-so-far")), *plain_text_sections(written)]
        choices.append(ScreenChoice("go_on", texts.label("choice-go_on")))
    elif draft.answer_to(question) is not None:
        choices.append(ScreenChoice("go_on", texts.label("choice-go_on")))
    choices += was_answer_choices(draft, texts)
    if draft.early_messages and not draft.written_text(question):
        earlier = "\n".join(stray.plain for stray in draft.early_messages)
        blocks += [context(texts.say("answer-before")), *plain_text_sections(earlier)]
        choices.append(ScreenChoice("use_strays", texts.label("choice-use_strays")))
    return tuple(blocks), tuple(choices)


def was_answer_choices(draft: Draft, texts: Texts) -> tuple[ScreenChoice, ...]:
    """Return [That was my answer] if there are pending words that may be one."""
    return (ScreenChoice("was_answer", texts.label("choice-was_answer"), "primary"),) if draft.pending else ()


def readable_line(text: str, asked_gap: str = "") -> str:
    """Return a line with its placeholders as gaps; if one of them is asked for, the others are dots."""
    for name in placeholder_names(text):
        text = text.replace("{{" + name + "}}", BLANK if asked_gap in ("", name) else "…")
    return text


def join_choices(*rows: tuple[ScreenChoice, ...]) -> tuple[ScreenChoice, ...]:
    """Return rows of choices as one."""
    return tuple(chain.from_iterable(rows))
