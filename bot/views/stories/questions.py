"""The drafting conversation on the screen: every question, and every question once it has been answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot import ids
from bot.conversation.compose import filled, first_lines, opening_id
from bot.conversation.gaps import BLANK
from bot.conversation.plan import belongs, theme_of
from bot.conversation.side_effects import HAND_KINDS
from bot.conversation.turns import Material
from bot.i18n import Texts
from bot.text import cut, language
from bot.views.blocks import Block, Message, context, named, prose, quoted
from bot.views.programme.segments import segment_label
from bot.views.stories.cards import lines_intro, lines_page
from bot.views.stories.finish import hand, highlight, take
from bot.views.stories.notes import draft_text, last_look
from bot.views.stories.screen import Choice, Screen, drawn, held, readable, so_far, together
from db.models.drafts import Chosen, Draft, Line, Question, Skipped, Step, Written

Drawing = Callable[[Draft, Question, Material, Texts], Screen]


def asked(draft: Draft, material: Material, texts: Texts, *, name: str, remark: str = "") -> Message:
    """The present question as a message, with the remark that goes before it."""
    if draft.at.step is Step.INVITATION:
        return drawn(draft, draft.at, _invitation(texts, name), texts, remark=remark)
    return drawn(draft, draft.at, screen(draft, draft.at, material, texts), texts, remark=remark)


def screen(draft: Draft, question: Question, material: Material, texts: Texts) -> Screen:
    """What one question says and offers."""
    return _DRAWINGS[question.step](draft, question, material, texts)


def answered(draft: Draft, question: Question, material: Material, texts: Texts) -> Message:
    """A question that has its answer: the buttons give way to what was answered, with a way to change it."""
    said = _what_was_answered(draft, question, material, texts)
    prompt = (
        texts.say("ask-rules-done")
        if question.step is Step.RULES
        else _prompt(draft, question, material, texts)
    )
    blocks: list[Block] = [context(prompt), *prose(f"› {said}")]
    if question.step not in _FIXED and draft.at != question and draft.answer(question) is not None:
        change = Choice("change", texts.label("choice-change")).drawn(draft, question)
        blocks[-1]["accessory"] = change
    return Message(
        f"{prompt}\n› {quoted(said)}", tuple(blocks), words=isinstance(draft.answer(question), Written)
    )


_FIXED = frozenset({Step.INVITATION, Step.DRAFT, Step.LAST_LOOK, Step.TAKE, Step.OTHER_LANGUAGE, Step.DONE})
"""Steps whose answer is no answer to be changed: going back to them is what the buttons below are for."""


def _prompt(draft: Draft, question: Question, material: Material, texts: Texts) -> str:
    if question.step is Step.INVITATION:
        return texts.say("done-invitation")
    whole = screen(draft, question, material, texts).prompt
    return whole.partition("\n")[0]


def _what_was_answered(draft: Draft, question: Question, material: Material, texts: Texts) -> str:
    if draft.at == question:
        return texts.label("answered-again")
    match draft.answer(question):
        case Chosen(choices):
            return ", ".join(
                _choice_words(question, choice, draft, texts, own=material.segments) for choice in choices
            )
        case Skipped():
            return texts.label(_LEFT.get(question.step, "answered-skipped"))
        case Written():
            return texts.label("answered-words")
        case None:
            asked = belongs(draft, question, material)
            return texts.label("answered-again" if asked else "answered-changed")


_LEFT: Mapping[Step, str] = {Step.FIRST_LINE: "choice-as_is", Step.FILL: "choice-leave-open"}
"""What leaving a question out means where a button of its own says so."""


def _choice_words(
    question: Question, choice: str, draft: Draft, texts: Texts, *, own: Mapping[str, str]
) -> str:
    if question.step is Step.SEGMENT:
        return segment_label(choice, own, texts)
    if question.step is Step.FIRST_LINE:
        return choice
    if question.step is Step.LINES and question.about:
        return texts.label("lines-so-far", n=len(draft.lines))
    if question.step is Step.HAND and choice in HAND_KINDS:
        return texts.label(f"hand-{choice}")
    if choice == "fine":
        return texts.label(
            f"choice-fine-{ {Step.OTHER_LANGUAGE: 'language'}.get(question.step, question.step) }"
        )
    if question.step is Step.LINES and choice == "done":
        return texts.label("choice-without")
    return texts.label(f"choice-{choice}")


# --- the questions, one by one --------------------------------------------------------------------


def _invitation(texts: Texts, name: str) -> Screen:
    choices = (
        Choice("start", texts.label("choice-start"), "primary"),
        Choice("later", texts.label("choice-later")),
        Choice("decline", texts.label("choice-decline")),
        Choice("words", texts.label("choice-words"), action=ids.WORDS_EXPLAIN),
    )
    return Screen(texts.say("ask-invitation", name=named(name)), choices=choices)


def _rules(_draft: Draft, _question: Question, _material: Material, texts: Texts) -> Screen:
    choices = (
        Choice("count", texts.label("choice-count"), "primary"),
        Choice("dont_count", texts.label("choice-dont_count")),
        Choice("more", texts.label("choice-more"), action=ids.RULES_EXPLAIN),
        Choice("later", texts.label("choice-not-now")),
    )
    return Screen(texts.say("ask-rules"), choices=choices)


def _segment(_draft: Draft, _question: Question, material: Material, texts: Texts) -> Screen:
    names = ("tech", "gtm", "neither")
    choices = tuple(Choice(name, segment_label(name, material.segments, texts)) for name in names)
    return Screen(texts.say("ask-segment"), choices=choices)


def _language(_draft: Draft, _question: Question, _material: Material, texts: Texts) -> Screen:
    names = ("en", "ar")
    return Screen(
        texts.say("ask-language"), choices=tuple(Choice(n, texts.label(f"choice-{n}")) for n in names)
    )


def _warm_up(draft: Draft, question: Question, _material: Material, texts: Texts) -> Screen:
    body, choices = so_far(draft, question, texts)
    have = (Choice("have_one", texts.label("choice-have_one")),)
    return Screen(texts.say("ask-warm_up"), body, together(choices, have), words=bool(body))


def _paste(draft: Draft, question: Question, _material: Material, texts: Texts) -> Screen:
    body, choices = so_far(draft, question, texts)
    other = (Choice("write_one", texts.label("choice-write_one")),)
    return Screen(texts.say("ask-paste"), body, together(choices, other), words=bool(body))


def _plain(key: str) -> Drawing:
    def draw(draft: Draft, question: Question, _material: Material, texts: Texts) -> Screen:
        body, choices = so_far(draft, question, texts)
        return Screen(texts.say(key), body, choices, words=bool(body))

    return draw


def _fill(draft: Draft, question: Question, material: Material, texts: Texts) -> Screen:
    line_id, _, name = question.about.partition(".")
    body, choices = so_far(draft, question, texts)
    if not draft.written(question):  # of a gap left open, there is nothing to keep but the gap
        choices = tuple(choice for choice in choices if choice.name != "go_on")
    line = next((x for x in draft.lines if x.id == line_id), Line(line_id, BLANK))
    shown = readable(filled(draft.without(question), line), asked=name)
    hints = [material.bank.card(c).hints[name] for c in line.cards if name in material.bank.card(c).hints]
    hint = texts.say("fill-hint", hint=hints[0][draft.language or texts.locale]) if hints else ""
    care = [texts.say(f"care-{code}") for c in line.cards for code in material.bank.card(c).care]
    leave = (Choice("leave", texts.label("choice-leave-open")),)
    return Screen(
        texts.say("ask-fill"),
        (*prose(shown), *body),
        together(choices, leave),
        hint="\n".join([hint, *dict.fromkeys(care)]).strip(),
        words=True,
        spoken=f"{shown}\n{hint}",
    )


def _yours(draft: Draft, question: Question, material: Material, texts: Texts) -> Screen:
    line = next((x for x in draft.lines if x.id == question.about), Line(question.about, ""))
    theme = theme_of(line, material)
    ask = material.bank.theme(theme).make_it_yours[texts.locale] if theme else ""
    shown = readable(filled(draft, line))
    body, choices = so_far(draft, question, texts)
    leave = (Choice("leave", texts.label("choice-leave")),)
    prompt = texts.say("ask-yours", question=ask)
    return Screen(prompt, (*prose(shown), *body), together(choices, leave), words=True, spoken=shown)


def _balance(draft: Draft, question: Question, _material: Material, texts: Texts) -> Screen:
    body, choices = so_far(draft, question, texts)
    key = "ask-balance-company" if question.about == "company" else "ask-balance-culture"
    return Screen(texts.say(key), body, choices, words=bool(body))


def _outside(draft: Draft, question: Question, material: Material, texts: Texts) -> Screen:
    body, choices = so_far(draft, question, texts)
    prompts = {prompt.id: prompt.texts[texts.locale] for prompt in material.bank.prompts}
    another = (Choice("another", texts.label("choice-another"), about=question.about),)
    prompt = texts.say("ask-outside", prompt=prompts.get(question.about, ""))
    return Screen(prompt, body, together(choices, another), words=bool(body))


def _first_line(draft: Draft, _question: Question, _material: Material, texts: Texts) -> Screen:
    sentences = first_lines(draft)
    body: list[Block] = []
    for n, sentence in enumerate(sentences, 1):
        body += prose(f"{n}. {cut(sentence)}")
    offers = tuple(
        Choice("first", texts.label("choice-first", n=n), about=opening_id(sentence))
        for n, sentence in enumerate(sentences, 1)
    )
    as_is = (Choice("as_is", texts.label("choice-as_is")),)
    spoken = "\n".join(f"{n}. {sentence}" for n, sentence in enumerate(sentences, 1))
    return Screen(
        texts.say("ask-first_line"),
        tuple(body),
        together(held(draft, texts), offers, as_is),
        words=True,
        spoken=spoken,
    )


def _other_language(draft: Draft, question: Question, _material: Material, texts: Texts) -> Screen:
    written = draft.written(Question.named(question.about))
    prompt = texts.say("ask-other_language", written=language(written) or "en")
    choices = (
        *held(draft, texts),
        Choice("fine", texts.label("choice-fine-language"), "primary"),
        Choice("again", texts.label("choice-again")),
    )
    return Screen(prompt, tuple(prose(written)), choices, words=True, spoken=written)


def _done(_draft: Draft, _question: Question, _material: Material, texts: Texts) -> Screen:
    begin = Choice("", texts.label("choice-begin"), action=ids.STORY_START)
    return Screen(texts.say("done-begin"), (), (begin,))


_DRAWINGS: Mapping[Step, Drawing] = {
    Step.INVITATION: lambda _draft, _question, _material, texts: _invitation(texts, ""),
    Step.RULES: _rules,
    Step.SEGMENT: _segment,
    Step.LANGUAGE: _language,
    Step.WARM_UP: _warm_up,
    Step.PASTE: _paste,
    Step.TURN: _plain("ask-turn"),
    Step.LINES: lambda d, q, m, t: lines_page(d, q, m, t) if q.about else lines_intro(d, q, m, t),
    Step.FILL: _fill,
    Step.YOURS: _yours,
    Step.BALANCE: _balance,
    Step.OUTSIDE: _outside,
    Step.ASK_ME: _plain("ask-ask_me"),
    Step.FIRST_LINE: _first_line,
    Step.DRAFT: draft_text,
    Step.HEADLINE: _plain("ask-headline"),
    Step.LAST_LOOK: last_look,
    Step.TAKE: take,
    Step.HAND: hand,
    Step.HIGHLIGHT: highlight,
    Step.DONE: _done,
    Step.OTHER_LANGUAGE: _other_language,
}
