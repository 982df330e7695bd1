"""Random actions in random order: nothing breaks, nothing is lost, and there is always a question."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.conversation.commands import Command
from bot.conversation.compose import story_text
from bot.conversation.turns import AskQuestion, MediaOnly, Remark
from bot.i18n import Texts
from bot.ids import CHOICE_PRESS
from bot.views.stories.answered_questions import answered_question_message
from bot.views.stories.questions import build_screen, current_question_message
from db.models.drafts import DraftStatus, DraftStep, Question, WrittenAnswer
from tests.conversation.scripted_dialogue import ANSWER_TEXTS, MATERIAL, ScriptedDialogue

EN, AR = Texts("en"), Texts("ar")
PHRASES = [
    *ANSWER_TEXTS["en"].values(),
    *ANSWER_TEXTS["ar"].values(),
    "hi",
    "مرحبا",
    "  ",
    "{{skill}} and {{what_i_noticed}}",
    "My salary rose. Ask lina@example.com or Lina Haddad, revenue grew 40%!",
    "one\ntwo\n\nthree",
    "<!channel> & <b> \u202eevil",
    "no stop 😀",
]


class RandomConversation(RuleBasedStateMachine):
    """Random gestures at a random pace, with the promises checked after each."""

    def __init__(self) -> None:
        super().__init__()
        self.talk = ScriptedDialogue()
        self.count = 0
        self.given_up: set[str] = set()
        self.written: set[str] = set()
        self.seen: list[Question] = []

    def _does(self, gesture: Any) -> None:
        before = self.talk.draft
        gesture()
        self._gives_up(before)
        self.seen.append(self.talk.draft.at)

    def _gives_up(self, before: Any) -> None:
        """Note words that their author replaced with a newer answer, line or text."""
        after = self.talk.draft
        for key, answer in before.answers.items():
            if isinstance(answer, WrittenAnswer) and after.answers.get(key) != answer:
                self.given_up |= {part.plain for part in answer.parts}
        gone = {line.text for line in before.lines} - {line.text for line in after.lines}
        self.given_up |= gone | ({before.edited} if before.edited != after.edited else set())
        if before.pending and before.pending != after.pending:
            self.given_up.add(before.pending.plain)

    # --- gestures

    @rule(steps=st.integers(1, 12))
    def goes_on_as_usual(self, steps: int) -> None:
        for _ in range(steps):
            if self.talk.step is not DraftStep.DONE:
                self._does(self.talk.goes_on)

    @rule(phrase=st.sampled_from(PHRASES), late=st.booleans())
    def says(self, phrase: str, late: bool) -> None:
        self.count += 1
        words = phrase if not phrase.strip() or len(phrase) < 6 else f"{phrase} №{self.count}"
        if len(words) > 6:
            self.written.add(words)
        self._does(lambda: self.talk.says(words, late=late))

    @rule(data=st.data())
    def presses_what_is_offered(self, data: st.DataObject) -> None:
        at = self.talk.draft.at
        offered = [
            c for c in build_screen(self.talk.draft, at, MATERIAL, EN).choices if c.action_id == CHOICE_PRESS
        ]
        if not offered:
            return
        choice = data.draw(st.sampled_from(offered), label="choice")
        if at == Question(DraftStep.LINES) and choice.name == "open":
            self._does(self.talk.opens_the_lines)
        else:
            self._does(lambda: self.talk.presses_at(choice.target or at, choice.name, choice.about))
        assert self.talk.remark is not Remark.OUT_OF_TURN, (at, choice)

    @rule(
        data=st.data(), choice=st.sampled_from(["start", "fine", "done", "keep", "leave", "change", "next"])
    )
    @precondition(lambda self: self.seen)
    def presses_an_old_button(self, data: st.DataObject, choice: str) -> None:
        question = data.draw(st.sampled_from(self.seen), label="question")
        self._does(lambda: self.talk.presses_at(question, choice, "di-1"))

    @rule(command=st.sampled_from(Command))
    def orders(self, command: Command) -> None:
        self._does(lambda: self.talk.presses_command(command))

    @rule(data=st.data(), choice=st.sampled_from(["swap", "leave_story"]))
    @precondition(lambda self: self.talk.draft.changes)
    def decides(self, data: st.DataObject, choice: str) -> None:
        change = data.draw(st.sampled_from(self.talk.draft.changes))
        self._does(lambda: self.talk.presses_at(Question.from_key(change.question), choice))
        assert self.talk.remark is not Remark.OUT_OF_TURN

    @rule(data=st.data(), text=st.sampled_from(PHRASES))
    def changes_a_line(self, data: st.DataObject, text: str) -> None:
        about = data.draw(st.sampled_from([*(line.id for line in self.talk.draft.lines), "di-2", "gone"]))
        self._does(lambda: self.talk.rewords(about, text))

    @rule(text=st.sampled_from(PHRASES))
    def writes_a_line(self, text: str) -> None:
        self._does(lambda: self.talk.adds(text))

    @rule(text=st.sampled_from(PHRASES))
    @precondition(lambda self: len(self.talk.draft.lines) > 1)
    def merges_two_lines(self, text: str) -> None:
        first, second = self.talk.draft.lines[-1], self.talk.draft.lines[0]
        self._does(lambda: self.talk.merges(first.id, second.id, text))

    @rule(more=st.sampled_from(PHRASES))
    def edits_the_whole_text(self, more: str) -> None:
        self._does(lambda: self.talk.edits_the_text(f"{self.talk.story}\n\n{more}"))

    @rule(data=st.data(), text=st.sampled_from(PHRASES))
    @precondition(lambda self: self.talk.messages)
    def edits_a_message(self, data: st.DataObject, text: str) -> None:
        message = data.draw(st.sampled_from(self.talk.messages)).plain
        self.given_up.add(message)
        self._does(lambda: self.talk.edits(message, text))

    @rule(data=st.data())
    @precondition(lambda self: self.talk.messages)
    def deletes_a_message(self, data: st.DataObject) -> None:
        message = data.draw(st.sampled_from(self.talk.messages)).plain
        self.given_up.add(message)
        self._does(lambda: self.talk.deletes(message))

    @rule(data=st.data())
    @precondition(lambda self: self.talk.messages)
    def meant_a_request(self, data: st.DataObject) -> None:
        message, *before = (
            said.plain for said in data.draw(st.lists(st.sampled_from(self.talk.messages), min_size=1))
        )
        self.given_up.add(message)
        self._does(lambda: self.talk.meant_a_request(message, *before))

    @rule(data=st.data())
    @precondition(lambda self: self.talk.messages)
    def keeps_a_deleted_message(self, data: st.DataObject) -> None:
        message = data.draw(st.sampled_from(self.talk.messages)).plain
        for key in self.talk.draft.answers:
            self._does(lambda key=key: self.talk.restores(message, Question.from_key(key)))

    @rule()
    def sends_a_photo(self) -> None:
        self._does(lambda: self.talk.does(MediaOnly()))

    # --- what always holds

    @invariant()
    def the_question_can_be_drawn(self) -> None:
        draft = self.talk.draft
        for texts in (EN, AR):
            message = current_question_message(draft, MATERIAL, texts, name="Maya")
            assert message.text
            assert message.blocks
            for question in self.seen[-1:]:
                answered_question_message(draft, question, MATERIAL, texts)

    @invariant()
    def what_was_said_is_kept(self) -> None:
        draft = self.talk.draft
        answers = [p.plain for a in draft.answers.values() if isinstance(a, WrittenAnswer) for p in a.parts]
        held = [draft.pending.plain] if draft.pending else []
        aside = [*(s.plain for s in draft.unplaced), *(s.plain for s in draft.superseded)]
        places = [*answers, *aside, *held, draft.edited or ""]
        places += [line.text for line in draft.lines]
        for words in self.written - self.given_up:
            assert any(words.strip() in place for place in places), words

    @invariant()
    def the_end_is_the_end(self) -> None:
        draft = self.talk.draft
        assert (draft.status is DraftStatus.FINISHED) == (draft.at.step is DraftStep.DONE)

    @invariant()
    def the_text_is_the_same_again(self) -> None:
        assert story_text(self.talk.draft) == story_text(self.talk.draft)
        if isinstance(self.talk.turn, AskQuestion):
            assert self.talk.turn.draft == self.talk.draft


TestConversation = RandomConversation.TestCase
TestConversation.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
