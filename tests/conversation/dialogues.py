"""Dialogues with the pure middle: what a person says and presses, one turn after another, without Slack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Self

from bot.coaching import Context
from bot.content import starter_bank, starter_jargon
from bot.conversation.advance import advance
from bot.conversation.commands import Command, heard
from bot.conversation.compose import first_lines, opening_id, text_of
from bot.conversation.dealing import deal
from bot.conversation.turns import (
    Added,
    Answer,
    Ask,
    Material,
    Merged,
    Opened,
    Ordered,
    Pressed,
    Remark,
    Restored,
    Revised,
    Reworded,
    Rewritten,
    Told,
    Turn,
    Unmeant,
    Withdrawn,
)
from db.models.drafts import Draft, Language, Question, Said, Step

BANK = starter_bank()
MATERIAL = Material(
    BANK,
    Context(
        own_first_names=("Maya",),
        company_names=("Qamar Labs",),
        colleagues=("Lina Haddad", "Omar Nasser"),
        region="DE",
        jargon=starter_jargon(),
        bank_lines=tuple(text for card in BANK.cards for text in card.texts.values()),
    ),
)
DEAL = deal(BANK, row=0, seed=7)
CHANNEL = "D1"

WORDS: Mapping[Language, Mapping[Step, str]] = {
    "en": {
        Step.WARM_UP: "I keep the sensors in our clinics awake. Colleagues come to me when a graph looks odd.",
        Step.PASTE: "I look after sensors in clinics. Before that I taught the piano for nine years.",
        Step.TURN: "I studied music and took a support job to pay the rent. I never left",
        Step.FILL: "a quiet Tuesday in March",
        Step.YOURS: "It was the week when the lift broke down",
        Step.BALANCE: "We build small sensors, and clinics use them to keep vaccines cold.",
        Step.OUTSIDE: "On Sundays I bake bread for the neighbours.",
        Step.ASK_ME: "Ask me about sourdough, or write to maya@example.com.",
        Step.HEADLINE: "I keep vaccines cold, and I bake",
    },
    "ar": {
        Step.WARM_UP: "أجلس كل صباح أمام شاشة مليئة بالأسئلة. يقصدني الزملاء حين يبدو الرسم غريباً.",
        Step.PASTE: "أعتني بأجهزة الاستشعار في العيادات. وقبلها كنت أدرّس الموسيقى تسع سنوات.",
        Step.TURN: "درست الموسيقى ثم عملت في الدعم كي أدفع الإيجار. ولم أترك المكان بعدها",
        Step.FILL: "يوم ثلاثاء هادئ في مارس",
        Step.YOURS: "كان ذلك في الأسبوع الذي تعطل فيه المصعد",
        Step.BALANCE: "نصنع أجهزة استشعار صغيرة، وتستخدمها العيادات لحفظ اللقاحات.",
        Step.OUTSIDE: "أخبز الخبز للجيران كل يوم أحد.",
        Step.ASK_ME: "اسألوني عن الخبز، أو على maya@example.com.",
        Step.HEADLINE: "أحفظ اللقاحات باردة وأخبز الخبز",
    },
}
"""An answer for every question in words; the address asks for a last look."""

PRESSED: Mapping[Step, str] = {
    Step.INVITATION: "start",
    Step.RULES: "count",
    Step.SEGMENT: "tech",
    Step.DRAFT: "fine",
    Step.LAST_LOOK: "fine",
    Step.OTHER_LANGUAGE: "fine",
    Step.TAKE: "done",
    Step.HAND: "nothing",
    Step.HIGHLIGHT: "yes",
}
"""A choice for every question that is answered by pressing."""


class Dialogue:
    """One person's conversation: every gesture gives the dialogue back, so that a test reads like a talk."""

    def __init__(self, draft: Draft | None = None, material: Material = MATERIAL) -> None:
        self.draft = draft or Draft(id="d1")
        self.material = material
        self.turn: Turn = Ask(self.draft)
        self.messages: list[Said] = []

    # --- gestures

    def does(self, answer: Answer) -> Self:
        """Any gesture at all. The version grows exactly when something changed, whatever was done."""
        before = self.draft
        self.turn = advance(before, answer, self.material)
        self.draft = self.turn.draft
        assert self.draft.version - before.version == (self.draft != before)
        return self

    def says(self, text: str, *, late: bool = False) -> Self:
        """A message, heard as the bot hears it: a word for every step, or an answer."""
        self.messages.append(Said(text, text, CHANNEL, f"{len(self.messages) + 1}.000100"))
        if (command := heard(text)) is not None:
            return self.does(Ordered(command, self.messages[-1]))
        return self.does(Told(self.messages[-1], late))

    def presses(self, choice: str, about: str = "", *, also: tuple[str, ...] = ()) -> Self:
        """A button under the present question."""
        return self.does(Pressed(self.draft.at, choice, about, also))

    def presses_at(self, question: Question, choice: str, about: str = "") -> Self:
        """A button under another question, whose message still stands above."""
        return self.does(Pressed(question, choice, about))

    def opens_the_lines(self) -> Self:
        """[Show me the first five]."""
        return self.does(Opened(DEAL))

    def keeps(self, *cards: str) -> Self:
        """[That's me] under each of these cards."""
        for card in cards:
            self.presses("keep", card)
        return self

    def orders(self, command: Command) -> Self:
        """A word for every step, pressed under the present question."""
        return self.presses(str(command))

    def rewords(self, about: str, text: str) -> Self:
        """A line put into other words in the modal."""
        return self.does(Reworded(about, text))

    def merges(self, first: str, second: str, text: str) -> Self:
        """Two lines made one in the modal."""
        return self.does(Merged(first, second, text))

    def adds(self, text: str) -> Self:
        """A line of one's own from the modal."""
        return self.does(Added(text))

    def edits_the_text(self, text: str) -> Self:
        """The whole text saved in the editor."""
        return self.does(Rewritten(text))

    def edits(self, message: str, text: str) -> Self:
        """An earlier message changed in Slack."""
        said = self.said(message)
        return self.does(Revised(Said(text, text, said.channel, said.ts)))

    def deletes(self, message: str) -> Self:
        """An earlier message deleted in Slack."""
        said = self.said(message)
        return self.does(Withdrawn(said.channel, said.ts))

    def means_a_wish(self, message: str, *before: str) -> Self:
        """The button beside words that were taken for an answer, in the place of others perhaps, and were none."""
        said = self.said(message)
        return self.does(Unmeant(said.channel, said.ts, tuple(self.said(old).ts for old in before)))

    def restores(self, message: str, question: Question) -> Self:
        """[Keep it] under what was said of a deleted message."""
        return self.does(Restored(question, self.said(message).ts))

    # --- getting somewhere

    def goes_on(self) -> Self:
        """The usual answer to the present question."""
        step, language = self.draft.at.step, self.draft.language or "en"
        if step is Step.LANGUAGE:
            return self.presses("en")
        if step is Step.LINES:
            if not self.draft.at.about:
                return self.opens_the_lines()
            return self.keeps(*CULTURE[:2]).presses("done")
        if step is Step.FIRST_LINE:
            return self.presses("first", opening_id(first_lines(self.draft)[0]))
        return self.says(WORDS[language][step]) if step in WORDS["en"] else self.presses(PRESSED[step])

    def reaches(self, step: Step) -> Self:
        """The usual answers, up to this step."""
        for _ in range(60):
            if self.step is step:
                return self
            _DETOURS.get((step, self.step), Dialogue.goes_on)(self)
        raise AssertionError(f"{step} is not reached from {self.step}")

    # --- what came of it

    @property
    def step(self) -> Step:
        """The present step."""
        return self.draft.at.step

    @property
    def remark(self) -> Remark | None:
        """The sentence before the question."""
        return self.turn.remark if isinstance(self.turn, Ask) else None

    @property
    def story(self) -> str:
        """The text as it stands."""
        return text_of(self.draft)

    def said(self, message: str) -> Said:
        """The message with these words."""
        return next(said for said in self.messages if said.plain == message)

    def written(self, step: Step, about: str = "") -> str:
        """The words answered at a step."""
        return self.draft.written(Question(step, about))


CULTURE = tuple(card for card in DEAL.cards if BANK.card(card).kind == "culture")
COMPANY = tuple(card for card in DEAL.cards if BANK.card(card).kind == "company")

_DETOURS: Mapping[tuple[Step, Step], Callable[[Dialogue], Dialogue]] = {
    (Step.PASTE, Step.WARM_UP): lambda d: d.presses("have_one"),
    (Step.OTHER_LANGUAGE, Step.WARM_UP): lambda d: d.says(WORDS["ar"][Step.WARM_UP]),
}
"""Steps that lie beside the usual way."""


def at(step: Step, language: Language = "en") -> Dialogue:
    """A dialogue that has come to this step, in a story of this language."""
    model = _walked(step, language)
    dialogue = Dialogue(model.draft)
    dialogue.turn, dialogue.messages = model.turn, [*model.messages]
    return dialogue


@cache
def _walked(step: Step, language: Language) -> Dialogue:
    dialogue = Dialogue()
    if step in {Step.INVITATION, Step.RULES, Step.SEGMENT, Step.LANGUAGE}:
        return dialogue.reaches(step)
    dialogue.reaches(Step.LANGUAGE).presses(language)
    if step is Step.OTHER_LANGUAGE and language == "ar":
        return dialogue.says(WORDS["en"][Step.WARM_UP])
    return dialogue.reaches(step)
