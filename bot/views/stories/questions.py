"""The questions of a story, as messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot import ids
from bot.conversation.compose import fill_placeholders, first_line_candidates, first_line_id
from bot.conversation.gaps import BLANK
from bot.conversation.plan import line_theme
from bot.conversation.turns import Material
from bot.i18n import Texts
from bot.text import detect_language, truncate_at_word
from bot.views.blocks import Block, Message, escape_name, plain_text_sections
from bot.views.programme.segments import segment_label
from bot.views.stories.cards import lines_intro_screen, lines_page_screen
from bot.views.stories.finish import finished_story_screen, highlight_consent_screen, raise_hand_screen
from bot.views.stories.notes import draft_screen, risky_findings_screen
from bot.views.stories.screen import (
    Screen,
    ScreenChoice,
    answer_blocks_and_choices,
    join_choices,
    readable_line,
    screen_message,
    was_answer_choices,
)
from db.models.drafts import Draft, DraftStep, Question, StoryLine

ScreenBuilder = Callable[[Draft, Question, Material, Texts], Screen]


def current_question_message(
    draft: Draft, material: Material, texts: Texts, *, name: str, remark: str = ""
) -> Message:
    """Return the present question as a message, with the remark before it."""
    if draft.at.step is DraftStep.INVITATION:
        return screen_message(draft, draft.at, _invitation_screen(texts, name), texts, remark=remark)
    return screen_message(
        draft, draft.at, build_screen(draft, draft.at, material, texts), texts, remark=remark
    )


def build_screen(draft: Draft, question: Question, material: Material, texts: Texts) -> Screen:
    """Return the screen of one question."""
    return _SCREEN_BUILDERS[question.step](draft, question, material, texts)


# --- the questions, one by one --------------------------------------------------------------------


def _invitation_screen(texts: Texts, name: str) -> Screen:
    choices = (
        ScreenChoice("start", texts.label("choice-start"), "primary"),
        ScreenChoice("later", texts.label("choice-later")),
        ScreenChoice("decline", texts.label("choice-decline")),
        ScreenChoice("words", texts.label("choice-words"), action_id=ids.POLICY_OPEN),
    )
    return Screen(texts.say("ask-invitation", name=escape_name(name)), choices=choices)


def _rules_screen(_draft: Draft, _question: Question, _material: Material, texts: Texts) -> Screen:
    choices = (
        ScreenChoice("count", texts.label("choice-count"), "primary"),
        ScreenChoice("dont_count", texts.label("choice-dont_count")),
        ScreenChoice("more", texts.label("choice-more"), action_id=ids.RULES_EXPLAIN),
        ScreenChoice("later", texts.label("choice-not-now")),
    )
    return Screen(texts.say("ask-rules"), choices=choices)


def _segment_screen(_draft: Draft, _question: Question, material: Material, texts: Texts) -> Screen:
    names = ("tech", "gtm", "neither")
    choices = tuple(ScreenChoice(name, segment_label(name, material.segments, texts)) for name in names)
    return Screen(texts.say("ask-segment"), choices=choices)


def _language_screen(_draft: Draft, _question: Question, _material: Material, texts: Texts) -> Screen:
    names = ("en", "ar")
    return Screen(
        texts.say("ask-language"), choices=tuple(ScreenChoice(n, texts.label(f"choice-{n}")) for n in names)
    )


def _warm_up_screen(draft: Draft, question: Question, _material: Material, texts: Texts) -> Screen:
    body, choices = answer_blocks_and_choices(draft, question, texts)
    have = (ScreenChoice("have_one", texts.label("choice-have_one")),)
    return Screen(texts.say("ask-warm_up"), body, join_choices(choices, have), has_personal_text=bool(body))


def _paste_screen(draft: Draft, question: Question, _material: Material, texts: Texts) -> Screen:
    body, choices = answer_blocks_and_choices(draft, question, texts)
    other = (ScreenChoice("write_one", texts.label("choice-write_one")),)
    return Screen(texts.say("ask-paste"), body, join_choices(choices, other), has_personal_text=bool(body))


def _text_screen_builder(key: str) -> ScreenBuilder:
    def draw(draft: Draft, question: Question, _material: Material, texts: Texts) -> Screen:
        body, choices = answer_blocks_and_choices(draft, question, texts)
        return Screen(texts.say(key), body, choices, has_personal_text=bool(body))

    return draw


def _fill_gap_screen(draft: Draft, question: Question, material: Material, texts: Texts) -> Screen:
    line_id, _, name = question.about.partition(".")
    body, choices = answer_blocks_and_choices(draft, question, texts)
    if not draft.written_text(question):  # an open gap has no answer to keep
        choices = tuple(choice for choice in choices if choice.name != "go_on")
    line = next((x for x in draft.lines if x.id == line_id), StoryLine(line_id, BLANK))
    shown = readable_line(fill_placeholders(draft.without_answer(question), line), asked_gap=name)
    hints = [material.bank.card(c).hints[name] for c in line.cards if name in material.bank.card(c).hints]
    hint = texts.say("fill-hint", hint=hints[0][draft.language or texts.locale]) if hints else ""
    care = [texts.say(f"care-{code}") for c in line.cards for code in material.bank.card(c).care]
    leave = (ScreenChoice("leave", texts.label("choice-leave-open")),)
    return Screen(
        texts.say("ask-fill"),
        (*plain_text_sections(shown), *body),
        join_choices(choices, leave),
        hint="\n".join([hint, *dict.fromkeys(care)]).strip(),
        has_personal_text=True,
        spoken_text=f"{shown}\n{hint}",
    )


def _make_it_yours_screen(draft: Draft, question: Question, material: Material, texts: Texts) -> Screen:
    line = next((x for x in draft.lines if x.id == question.about), StoryLine(question.about, ""))
    theme = line_theme(line, material)
    ask = material.bank.theme(theme).make_it_yours[texts.locale] if theme else ""
    shown = readable_line(fill_placeholders(draft, line))
    body, choices = answer_blocks_and_choices(draft, question, texts)
    leave = (ScreenChoice("leave", texts.label("choice-leave")),)
    prompt = texts.say("ask-yours", question=ask)
    return Screen(
        prompt,
        (*plain_text_sections(shown), *body),
        join_choices(choices, leave),
        has_personal_text=True,
        spoken_text=shown,
    )


def _balance_screen(draft: Draft, question: Question, _material: Material, texts: Texts) -> Screen:
    body, choices = answer_blocks_and_choices(draft, question, texts)
    key = "ask-balance-company" if question.about == "company" else "ask-balance-culture"
    return Screen(texts.say(key), body, choices, has_personal_text=bool(body))


def _outside_work_screen(draft: Draft, question: Question, material: Material, texts: Texts) -> Screen:
    body, choices = answer_blocks_and_choices(draft, question, texts)
    prompts = {prompt.id: prompt.texts[texts.locale] for prompt in material.bank.prompts}
    another = (ScreenChoice("another", texts.label("choice-another"), about=question.about),)
    prompt = texts.say("ask-outside", prompt=prompts.get(question.about, ""))
    return Screen(prompt, body, join_choices(choices, another), has_personal_text=bool(body))


def _first_line_screen(draft: Draft, _question: Question, _material: Material, texts: Texts) -> Screen:
    sentences = first_line_candidates(draft)
    body: list[Block] = []
    for n, sentence in enumerate(sentences, 1):
        body += plain_text_sections(f"{n}. {truncate_at_word(sentence)}")
    offers = tuple(
        ScreenChoice("first", texts.label("choice-first", n=n), about=first_line_id(sentence))
        for n, sentence in enumerate(sentences, 1)
    )
    as_is = (ScreenChoice("as_is", texts.label("choice-as_is")),)
    spoken = "\n".join(f"{n}. {sentence}" for n, sentence in enumerate(sentences, 1))
    return Screen(
        texts.say("ask-first_line"),
        tuple(body),
        join_choices(was_answer_choices(draft, texts), offers, as_is),
        has_personal_text=True,
        spoken_text=spoken,
    )


def _other_language_screen(draft: Draft, question: Question, _material: Material, texts: Texts) -> Screen:
    written = draft.written_text(Question.from_key(question.about))
    prompt = texts.say("ask-other_language", written=detect_language(written) or "en")
    choices = (
        *was_answer_choices(draft, texts),
        ScreenChoice("fine", texts.label("choice-fine-language"), "primary"),
        ScreenChoice("again", texts.label("choice-again")),
    )
    return Screen(
        prompt, tuple(plain_text_sections(written)), choices, has_personal_text=True, spoken_text=written
    )


def _done_screen(_draft: Draft, _question: Question, _material: Material, texts: Texts) -> Screen:
    begin = ScreenChoice("", texts.label("choice-begin"), action_id=ids.STORY_START)
    return Screen(texts.say("done-begin"), (), (begin,))


_SCREEN_BUILDERS: Mapping[DraftStep, ScreenBuilder] = {
    DraftStep.INVITATION: lambda _draft, _question, _material, texts: _invitation_screen(texts, ""),
    DraftStep.RULES: _rules_screen,
    DraftStep.SEGMENT: _segment_screen,
    DraftStep.LANGUAGE: _language_screen,
    DraftStep.WARM_UP: _warm_up_screen,
    DraftStep.PASTE: _paste_screen,
    DraftStep.TURN: _text_screen_builder("ask-turn"),
    DraftStep.LINES: lambda d, q, m, t: (
        lines_page_screen(d, q, m, t) if q.about else lines_intro_screen(d, q, m, t)
    ),
    DraftStep.FILL: _fill_gap_screen,
    DraftStep.YOURS: _make_it_yours_screen,
    DraftStep.BALANCE: _balance_screen,
    DraftStep.OUTSIDE: _outside_work_screen,
    DraftStep.ASK_ME: _text_screen_builder("ask-ask_me"),
    DraftStep.FIRST_LINE: _first_line_screen,
    DraftStep.DRAFT: draft_screen,
    DraftStep.HEADLINE: _text_screen_builder("ask-headline"),
    DraftStep.LAST_LOOK: risky_findings_screen,
    DraftStep.TAKE: finished_story_screen,
    DraftStep.HAND: raise_hand_screen,
    DraftStep.HIGHLIGHT: highlight_consent_screen,
    DraftStep.DONE: _done_screen,
    DraftStep.OTHER_LANGUAGE: _other_language_screen,
}
