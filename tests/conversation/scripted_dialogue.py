"""Scripted dialogues with the pure middle: what a person says and presses, turn by turn, without Slack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Self

from bot.coaching import CoachingContext
from bot.content import starter_bank, starter_jargon
from bot.conversation.advance import advance
from bot.conversation.commands import Command, parse_command
from bot.conversation.compose import first_line_candidates, first_line_id, story_text
from bot.conversation.dealing import deal_cards
from bot.conversation.turns import (
    AskQuestion,
    ButtonPressed,
    CardsDealt,
    CommandSent,
    LineAdded,
    LineReworded,
    LinesMerged,
    Material,
    MessageDeleted,
    MessageEdited,
    MessageRestored,
    MisreadAsAnswer,
    NeedsDeal,
    Remark,
    StoryRewritten,
    TextSent,
    Turn,
    UserAction,
)
from db.models.drafts import Draft, DraftStep, PersonMessage, Question, StoryLanguage

BANK = starter_bank()
MATERIAL = Material(
    BANK,
    CoachingContext(
        own_first_names=("Maya",),
        company_names=("Qamar Labs",),
        colleagues=("Lina Haddad", "Omar Nasser"),
        region="DE",
        jargon=starter_jargon(),
        bank_lines=tuple(text for card in BANK.cards for text in card.texts.values()),
    ),
)
DEAL = deal_cards(BANK, row=0, seed=7)
CHANNEL = "D1"

ANSWER_TEXTS: Mapping[StoryLanguage, Mapping[DraftStep, str]] = {
    "en": {
        DraftStep.WARM_UP: "I keep the sensors in our clinics awake. Colleagues come to me when a graph looks odd.",
        DraftStep.PASTE: "I look after sensors in clinics. Before that I taught the piano for nine years.",
        DraftStep.TURN: "I studied music and took a support job to pay the rent. I never left",
        DraftStep.FILL: "a quiet Tuesday in March",
        DraftStep.YOURS: "It was the week when the lift broke down",
        DraftStep.BALANCE: "We build small sensors, and clinics use them to keep vaccines cold.",
        DraftStep.OUTSIDE: "On Sundays I bake bread for the neighbours.",
        DraftStep.ASK_ME: "Ask me about sourdough, or write to maya@example.com.",
        DraftStep.HEADLINE: "I keep vaccines cold, and I bake",
    },
    "ar": {
        DraftStep.WARM_UP: "أجلس كل صباح أمام شاشة مليئة بالأسئلة. يقصدني الزملاء حين يبدو الرسم غريباً.",
        DraftStep.PASTE: "أعتني بأجهزة الاستشعار في العيادات. وقبلها كنت أدرّس الموسيقى تسع سنوات.",
        DraftStep.TURN: "درست الموسيقى ثم عملت في الدعم كي أدفع الإيجار. ولم أترك المكان بعدها",
        DraftStep.FILL: "يوم ثلاثاء هادئ في مارس",
        DraftStep.YOURS: "كان ذلك في الأسبوع الذي تعطل فيه المصعد",
        DraftStep.BALANCE: "نصنع أجهزة استشعار صغيرة، وتستخدمها العيادات لحفظ اللقاحات.",
        DraftStep.OUTSIDE: "أخبز الخبز للجيران كل يوم أحد.",
        DraftStep.ASK_ME: "اسألوني عن الخبز، أو على maya@example.com.",
        DraftStep.HEADLINE: "أحفظ اللقاحات باردة وأخبز الخبز",
    },
}
"""An answer for every question in words; the address asks for a last look."""

PRESSED: Mapping[DraftStep, str] = {
    DraftStep.INVITATION: "start",
    DraftStep.RULES: "count",
    DraftStep.SEGMENT: "tech",
    DraftStep.DRAFT: "fine",
    DraftStep.LAST_LOOK: "fine",
    DraftStep.OTHER_LANGUAGE: "fine",
    DraftStep.TAKE: "done",
    DraftStep.HAND: "nothing",
    DraftStep.HIGHLIGHT: "yes",
}
"""A choice for every question that is answered by pressing."""


class ScriptedDialogue:
    """One person's conversation; every gesture returns the dialogue, so that a test reads like a talk."""

    def __init__(self, draft: Draft | None = None, material: Material = MATERIAL) -> None:
        self.draft = draft or Draft(id="d1")
        self.material = material
        self.turn: Turn = AskQuestion(self.draft)
        self.messages: list[PersonMessage] = []

    # --- gestures

    def does(self, answer: UserAction) -> Self:
        """Apply any action; the version must grow exactly when something changed."""
        before = self.draft
        turn = advance(before, answer, self.material)
        if isinstance(turn, NeedsDeal):
            turn = advance(before, CardsDealt(DEAL), self.material)
        assert not isinstance(turn, NeedsDeal)
        self.turn = turn
        self.draft = self.turn.draft
        assert self.draft.version - before.version == (self.draft != before)
        return self

    def says(self, text: str, *, late: bool = False) -> Self:
        """Send a message, interpreted as the bot does: a command, or an answer."""
        self.messages.append(PersonMessage(text, text, CHANNEL, f"{len(self.messages) + 1}.000100"))
        if (command := parse_command(text)) is not None:
            return self.does(CommandSent(command, self.messages[-1]))
        return self.does(TextSent(self.messages[-1], late))

    def presses(self, choice: str, about: str = "", *, also: tuple[str, ...] = ()) -> Self:
        """Press a button under the current question."""
        return self.does(ButtonPressed(self.draft.at, choice, about, also))

    def presses_at(self, question: Question, choice: str, about: str = "") -> Self:
        """Press a button under another question, whose message is further up."""
        return self.does(ButtonPressed(question, choice, about))

    def opens_the_lines(self) -> Self:
        """Press [Show me the first five]."""
        return self.presses("open")

    def keeps(self, *cards: str) -> Self:
        """Press [That's me] under each of these cards."""
        for card in cards:
            self.presses("keep", card)
        return self

    def presses_command(self, command: Command) -> Self:
        """Press a command under the current question."""
        return self.presses(str(command))

    def rewords(self, about: str, text: str) -> Self:
        """Reword a line in the modal."""
        return self.does(LineReworded(about, text))

    def merges(self, first: str, second: str, text: str) -> Self:
        """Merge two lines in the modal."""
        return self.does(LinesMerged(first, second, text))

    def adds(self, text: str) -> Self:
        """Add an own line from the modal."""
        return self.does(LineAdded(text))

    def edits_the_text(self, text: str) -> Self:
        """Save the whole text in the editor."""
        return self.does(StoryRewritten(text))

    def edits(self, message: str, text: str) -> Self:
        """Edit an earlier message in Slack."""
        said = self.said(message)
        return self.does(MessageEdited(PersonMessage(text, text, said.channel, said.ts)))

    def deletes(self, message: str) -> Self:
        """Delete an earlier message in Slack."""
        said = self.said(message)
        return self.does(MessageDeleted(said.channel, said.ts))

    def meant_a_request(self, message: str, *before: str) -> Self:
        """Press the button under an offer: the words were a request and no answer, and may have replaced others."""
        said = self.said(message)
        return self.does(MisreadAsAnswer(said.channel, said.ts, tuple(self.said(old).ts for old in before)))

    def restores(self, message: str, question: Question) -> Self:
        """Press [Keep it] under the notice about a deleted message."""
        return self.does(MessageRestored(question, self.said(message).ts))

    # --- moving on

    def goes_on(self) -> Self:
        """Give the usual answer to the current question."""
        step, language = self.draft.at.step, self.draft.language or "en"
        if step is DraftStep.LANGUAGE:
            return self.presses("en")
        if step is DraftStep.LINES:
            if not self.draft.at.about:
                return self.opens_the_lines()
            return self.keeps(*CULTURE_CARDS[:2]).presses("done")
        if step is DraftStep.FIRST_LINE:
            return self.presses("first", first_line_id(first_line_candidates(self.draft)[0]))
        return (
            self.says(ANSWER_TEXTS[language][step])
            if step in ANSWER_TEXTS["en"]
            else self.presses(PRESSED[step])
        )

    def reaches(self, step: DraftStep) -> Self:
        """Give the usual answers, up to this step."""
        for _ in range(60):
            if self.step is step:
                return self
            _DETOURS.get((step, self.step), ScriptedDialogue.goes_on)(self)
        raise AssertionError(f"{step} is not reached from {self.step}")

    # --- results

    @property
    def step(self) -> DraftStep:
        """The current step."""
        return self.draft.at.step

    @property
    def remark(self) -> Remark | None:
        """The sentence before the question."""
        return self.turn.remark if isinstance(self.turn, AskQuestion) else None

    @property
    def story(self) -> str:
        """The current text."""
        return story_text(self.draft)

    def said(self, message: str) -> PersonMessage:
        """Return the message with these words."""
        return next(said for said in self.messages if said.plain == message)

    def written(self, step: DraftStep, about: str = "") -> str:
        """Return the words answered at a step."""
        return self.draft.written_text(Question(step, about))


CULTURE_CARDS = tuple(card for card in DEAL.cards if BANK.card(card).kind == "culture")
COMPANY_CARDS = tuple(card for card in DEAL.cards if BANK.card(card).kind == "company")

_DETOURS: Mapping[tuple[DraftStep, DraftStep], Callable[[ScriptedDialogue], ScriptedDialogue]] = {
    (DraftStep.PASTE, DraftStep.WARM_UP): lambda d: d.presses("have_one"),
    (DraftStep.OTHER_LANGUAGE, DraftStep.WARM_UP): lambda d: d.says(ANSWER_TEXTS["ar"][DraftStep.WARM_UP]),
}
"""Steps off the usual path."""


def dialogue_at(step: DraftStep, language: StoryLanguage = "en") -> ScriptedDialogue:
    """Return a dialogue at this step, in a story of this language."""
    model = _dialogue_up_to(step, language)
    dialogue = ScriptedDialogue(model.draft)
    dialogue.turn, dialogue.messages = model.turn, [*model.messages]
    return dialogue


@cache
def _dialogue_up_to(step: DraftStep, language: StoryLanguage) -> ScriptedDialogue:
    dialogue = ScriptedDialogue()
    if step in {DraftStep.INVITATION, DraftStep.RULES, DraftStep.SEGMENT, DraftStep.LANGUAGE}:
        return dialogue.reaches(step)
    dialogue.reaches(DraftStep.LANGUAGE).presses(language)
    if step is DraftStep.OTHER_LANGUAGE and language == "ar":
        return dialogue.says(ANSWER_TEXTS["en"][DraftStep.WARM_UP])
    return dialogue.reaches(step)
