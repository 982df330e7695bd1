"""Screens: what one question says and offers, before it is drawn as blocks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from bot import ids
from bot.conversation.bank import openings
from bot.conversation.commands import Command
from bot.conversation.gaps import BLANK
from bot.conversation.plan import OPTIONAL_STEPS, TEXT_STEPS
from bot.conversation.turns import Remark
from bot.i18n import Texts
from bot.ids import CHOOSE, Carried
from bot.views.blocks import (
    Block,
    Element,
    Message,
    Style,
    actions,
    button,
    context,
    link,
    named,
    plain,
    prose,
    quoted,
    section,
)
from db.models.drafts import Draft, Question, Step


@dataclass(frozen=True)
class Choice:
    """One way to answer by pressing. `action` opens a modal instead, `url` leads to a page, `to` to a question."""

    name: str
    label: str
    style: Style = ""
    about: str = ""
    action: str = CHOOSE
    url: str = ""
    to: Question | None = None

    def drawn(self, draft: Draft, question: Question) -> Element:
        """The button, naming the question it answers or leads to."""
        carried = Carried(draft.id, (self.to or question).key, self.name, self.about)
        if self.url:
            return link(self.label, self.action, self.url, carried)
        return button(self.label, self.action, carried, self.style, by=f"{self.name}.{self.about}")


READ_ALOUD = 3000
"""Slack cuts the text of a redrawn message at 4,000 characters, and there the choices must still be in it."""


@dataclass(frozen=True)
class Screen:
    """One question: what is asked, what stands under it, and the choices."""

    prompt: str
    body: tuple[Block, ...] = ()
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    words: bool = False
    spoken: str = ""
    """What the body says, for those who hear and do not see; the person's own words among it."""


def drawn(draft: Draft, question: Question, screen: Screen, texts: Texts, *, remark: str = "") -> Message:
    """The screen as a message. Its top-level text carries the question and the choices."""
    spoken = [remark, screen.prompt, *_in_order(screen)]
    blocks: list[Block] = [section(remark)] if remark else []
    blocks += [section(screen.prompt), *screen.body]
    if screen.hint:
        blocks.append(context(screen.hint))
    blocks += actions([choice.drawn(draft, question) for choice in screen.choices])
    blocks += actions(_everywhere(draft, question, texts))
    return Message("\n".join(part for part in spoken if part), tuple(blocks), screen.words, screen.prompt)


def _in_order(screen: Screen) -> list[str]:
    """What is read aloud below the question: the choices last, but before words so long that Slack may cut them."""
    labels = [f"• {named(choice.label)}" for choice in screen.choices]
    words = quoted(screen.spoken)
    return [words, *labels] if len(words) < READ_ALOUD else [*labels, words]


def _everywhere(draft: Draft, question: Question, texts: Texts) -> list[Element]:
    """The words for every step, pressed: the near ones as buttons, the others in a menu."""
    if question.step in {Step.INVITATION, Step.DONE}:
        return []
    near = [Command.BACK, Command.PAUSE]
    if question.step in OPTIONAL_STEPS and question.step in TEXT_STEPS:
        near.insert(1, Command.SKIP)
    row = [Choice(word, texts.label(f"choice-{word}")).drawn(draft, question) for word in near]
    menu = (Command.STOP, Command.DELETE, Command.HELP, Command.LANGUAGE)
    return [*row, _menu(draft, question, menu, texts)]


def _menu(draft: Draft, question: Question, menu: tuple[Command, ...], texts: Texts) -> Element:
    options = [
        {
            "text": plain(texts.label(f"menu-{word}"), 75),
            "value": Carried(draft.id, question.key, str(word)).pack(),
        }
        for word in menu
    ]
    return {"type": "overflow", "action_id": ids.told_apart(CHOOSE, "menu"), "options": options}


def remark_words(remark: Remark | None, texts: Texts) -> str:
    """The sentence before the question, if there is one."""
    return texts.say(f"remark-{remark}") if remark else ""


def so_far(draft: Draft, question: Question, texts: Texts) -> tuple[tuple[Block, ...], tuple[Choice, ...]]:
    """For a question answered by writing: the answer so far, what was written too early, a greeting held."""
    blocks: list[Block] = []
    choices: list[Choice] = []
    if written := draft.written(question):
        blocks += [context(texts.say("answer-so-far")), *prose(written)]
        choices.append(Choice("go_on", texts.label("choice-go_on")))
    elif draft.answer(question) is not None:
        choices.append(Choice("go_on", texts.label("choice-go_on")))
    choices += held(draft, texts)
    if draft.early and not draft.written(question):
        earlier = "\n".join(stray.plain for stray in draft.early)
        blocks += [context(texts.say("answer-before")), *prose(earlier)]
        choices.append(Choice("use_strays", texts.label("choice-use_strays")))
    return tuple(blocks), tuple(choices)


def held(draft: Draft, texts: Texts) -> tuple[Choice, ...]:
    """[That was my answer], where words are held that may be one."""
    return (Choice("was_answer", texts.label("choice-was_answer"), "primary"),) if draft.held else ()


def readable(text: str, asked: str = "") -> str:
    """A line for the eye: its openings as gaps; when one of them is asked for, the others as dots."""
    for name in openings(text):
        text = text.replace("{{" + name + "}}", BLANK if asked in ("", name) else "…")
    return text


def together(*rows: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Rows of choices as one."""
    return tuple(chain.from_iterable(rows))
