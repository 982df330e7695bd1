"""Screens: what one question says and offers, before it is drawn as blocks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from bot import ids
from bot.conversation.bank import placeholders
from bot.conversation.commands import Command
from bot.conversation.gaps import BLANK
from bot.conversation.plan import OPTIONAL_STEPS, TEXT_STEPS
from bot.conversation.turns import Remark
from bot.i18n import Texts
from bot.ids import CHOICE_PRESS, ButtonPayload
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
    plain_text,
    plain_text_sections,
    section,
)
from db.models.drafts import Draft, DraftStep, Question


@dataclass(frozen=True)
class ScreenChoice:
    """One way to answer by pressing. `action` opens a modal instead, `url` leads to a page, `target` to a question."""

    name: str
    label: str
    style: ButtonStyle = ""
    about: str = ""
    action_id: str = CHOICE_PRESS
    url: str = ""
    target: Question | None = None

    def to_button(self, draft: Draft, question: Question) -> Element:
        """The button, naming the question it answers or leads to."""
        carried = ButtonPayload(draft.id, (self.target or question).key, self.name, self.about)
        if self.url:
            return link_button(self.label, self.action_id, self.url, carried)
        return button(self.label, self.action_id, carried, self.style, unique_key=f"{self.name}.{self.about}")


MAX_SPOKEN_LENGTH = 3000
"""Slack cuts the text of a redrawn message at 4,000 characters, and there the choices must still be in it."""


@dataclass(frozen=True)
class Screen:
    """One question: what is asked, what stands under it, and the choices."""

    prompt: str
    body: tuple[Block, ...] = ()
    choices: tuple[ScreenChoice, ...] = ()
    hint: str = ""
    has_personal_text: bool = False
    spoken_text: str = ""
    """What the body says, for those who hear and do not see; the person's own words among it."""


def screen_message(
    draft: Draft, question: Question, screen: Screen, texts: Texts, *, remark: str = ""
) -> Message:
    """The screen as a message. Its top-level text carries the question and the choices."""
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
    """What is read aloud below the question: the choices last, but before words so long that Slack may cut them."""
    labels = [f"• {escape_name(choice.label)}" for choice in screen.choices]
    words = escape_user_text(screen.spoken_text)
    return [words, *labels] if len(words) < MAX_SPOKEN_LENGTH else [*labels, words]


def _command_elements(draft: Draft, question: Question, texts: Texts) -> list[Element]:
    """The words for every step, pressed: the near ones as buttons, the others in a menu."""
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
            "text": plain_text(texts.label(f"menu-{word}"), 75),
            "value": ButtonPayload(draft.id, question.key, str(word)).pack(),
        }
        for word in menu
    ]
    return {"type": "overflow", "action_id": ids.unique_action_id(CHOICE_PRESS, "menu"), "options": options}


def remark_text(remark: Remark | None, texts: Texts) -> str:
    """The sentence before the question, if there is one."""
    return texts.say(f"remark-{remark}") if remark else ""


def answer_so_far(
    draft: Draft, question: Question, texts: Texts
) -> tuple[tuple[Block, ...], tuple[ScreenChoice, ...]]:
    """For a question answered by writing: the answer so far, what was written too early, a greeting held."""
    blocks: list[Block] = []
    choices: list[ScreenChoice] = []
    if written := draft.written_text(question):
        blocks += [context(texts.say("answer-so-far")), *plain_text_sections(written)]
        choices.append(ScreenChoice("go_on", texts.label("choice-go_on")))
    elif draft.answer_to(question) is not None:
        choices.append(ScreenChoice("go_on", texts.label("choice-go_on")))
    choices += pending_choices(draft, texts)
    if draft.early_messages and not draft.written_text(question):
        earlier = "\n".join(stray.plain for stray in draft.early_messages)
        blocks += [context(texts.say("answer-before")), *plain_text_sections(earlier)]
        choices.append(ScreenChoice("use_strays", texts.label("choice-use_strays")))
    return tuple(blocks), tuple(choices)


def pending_choices(draft: Draft, texts: Texts) -> tuple[ScreenChoice, ...]:
    """[That was my answer], where words are held that may be one."""
    return (ScreenChoice("was_answer", texts.label("choice-was_answer"), "primary"),) if draft.held else ()


def readable_line(text: str, asked_gap: str = "") -> str:
    """A line for the eye: its openings as gaps; when one of them is asked for, the others as dots."""
    for name in placeholders(text):
        text = text.replace("{{" + name + "}}", BLANK if asked_gap in ("", name) else "…")
    return text


def join_choices(*rows: tuple[ScreenChoice, ...]) -> tuple[ScreenChoice, ...]:
    """Rows of choices as one."""
    return tuple(chain.from_iterable(rows))
