"""Owners' words, and names as Slack has them, on every screen: shown as they are, and nothing comes to life."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from bot.i18n import LOCALES, Texts
from bot.ids import Carried
from bot.rules.participation import Count, figures_of, publish
from bot.views.blocks import Block, Message
from bot.views.delivery.status_page import Open, Page, Post, page
from bot.views.home import home
from bot.views.home_model import Shelf
from bot.views.privacy import policy
from bot.views.privacy.personal_data import Holdings, held_modal
from bot.views.programme import setup_forms
from bot.views.programme.admin_panel import Desk, log_modal
from bot.views.programme.change_notices import Changed, changed
from bot.views.stories.finish import places_modal
from bot.views.stories.questions import answered, asked
from bot.views.waves import dry_run as dry_runs
from bot.views.waves import form as waves
from bot.views.waves import invitation as invitations
from bot.views.waves.announcement import announcement
from bot.views.waves.dry_run import DryRun, Line
from bot.views.waves.invitation import SAMPLE, Asked
from bot.views.waves.participation import participation
from bot.workflows.waves.participation import Participation
from db.models.drafts import Question, Step
from db.models.notices import Change, Posted
from db.models.programmes import AuditLine, Pass, Programme
from db.models.waves import StoredWave
from tests.conversation.dialogues import MATERIAL, at
from tests.views.living import CODE, HOSTILE, living
from tests.views.shelves import MAYA, NOW

TEAM, TODAY = "T0QAMAR", NOW.date()
SEGMENTS = {f"{name}_{locale}": HOSTILE for name in ("tech", "gtm") for locale in LOCALES}
PROGRAMME = Programme(TEAM, HOSTILE, NOW, aliases=f"{HOSTILE[:30]}\n{HOSTILE[30:60]}", **SEGMENTS)
WAVE = StoredWave(TEAM, "w1", HOSTILE, TODAY, TODAY, HOSTILE, NOW, teams=HOSTILE[:60], channel="C0GENERAL")
STARTED = replace(WAVE, id="w2", started_at=NOW)
NAMED = replace(MAYA, name=HOSTILE, real_name=HOSTILE, first_name=HOSTILE, locale=CODE, tz=None)
ASKED = Asked("U0LINA", HOSTILE, HOSTILE, "team", HOSTILE, HOSTILE, HOSTILE)
Shown = Block | Message | str | list[Block]


def run(texts: Texts) -> DryRun:
    """A dry run in which everything has such a name."""
    lines = tuple(
        Line("U0MAYA", HOSTILE, "tech", HOSTILE, locale, replace(ASKED, meant=meant), NOW)
        for locale in LOCALES
        for meant in ("segment", "team", "chosen")
    )
    return DryRun(WAVE, lines, waves.segment_names(PROGRAMME, texts), {"guest": (HOSTILE,)}, TODAY, "en")


def log(texts: Texts) -> Block:
    """Everything that the log may say."""
    deeds = ("wave-kept", "wave-dropped", "wave-started", "wave-off", "settings", "people-listed")
    return log_modal(
        tuple(AuditLine(TEAM, "U0LINA", deed, None, HOSTILE, NOW) for deed in deeds), MAYA, texts
    )


def delivery(texts: Texts) -> Block:
    """The page of what went out."""
    posts = tuple(
        Post(Posted("announcement", "C0GENERAL", "w1", state, CODE, NOW, NOW), state, HOSTILE)
        for state in ("sent", "pending", "failed", "unknown", "expired")
    )
    each = tuple(Open(WAVE, 7, has_opened) for has_opened in (True, False))
    return page(Page(MAYA, "well", NOW, (CODE,), posts, each, each), texts)


def numbers(texts: Texts) -> Block:
    """Who took part."""
    counts = {name: Count(40, 20, 10) for name in ("tech", "gtm", "")}
    figures = figures_of(publish(STARTED.id, (), counts), dict.fromkeys(counts, 40))
    found = Participation(STARTED, True, figures, ((STARTED.name, 3),))
    return participation(found, waves.segment_names(PROGRAMME, texts), texts)


def what_changed(texts: Texts) -> Message:
    """What somebody is told that others changed about them."""
    deeds = {"segment": "tech", "team": HOSTILE, "wave": "w1"}
    told = tuple(Change(TEAM, "U0MAYA", deed, "", after, "U0LINA", NOW) for deed, after in deeds.items())
    return changed(Changed(told, HOSTILE, SEGMENTS, ("U0LINA",)), texts)


def the_desk(texts: Texts) -> Block:
    """Home of an owner, with every part of the desk."""
    reading = Pass(TEAM, NOW, NOW, done_at=NOW, people=7, problem=CODE)
    theirs = Desk(MAYA, "U0HAKAWATI", "run", PROGRAMME, reading=reading, waves=(WAVE, STARTED), today=TODAY)
    return home(Shelf(replace(NAMED, segment="tech"), segments=SEGMENTS), texts, theirs)


def settings(texts: Texts) -> Block:
    """Home of somebody with a story, with what is set between them and the bot."""
    return home(Shelf(replace(NAMED, segment="gtm"), segments=SEGMENTS, stored=True), texts)


def the_question(step: Step) -> Callable[[Texts], Message]:
    """A question of the story, for somebody with such a name in a company that calls its segments so."""
    ground = replace(MATERIAL, segments=SEGMENTS)
    return lambda texts: asked(at(step).draft, ground, texts, name=HOSTILE, remark="")


def answered_segment(texts: Texts) -> Message:
    """The question for the segment, once it is answered."""
    draft = at(Step.LANGUAGE).draft
    return answered(draft, Question(Step.SEGMENT), replace(MATERIAL, segments=SEGMENTS), texts)


SCREENS: dict[str, Callable[[Texts], Shown]] = {
    "what happens to my words": lambda texts: policy.words_modal(HOSTILE, texts),
    "the invitation": lambda texts: invitations.invitation(ASKED, "w1", texts),
    "the invitation to a segment": lambda texts: invitations.invitation(
        replace(ASKED, meant="segment"), SAMPLE, texts
    ),
    "a reminder": lambda texts: invitations.reminder(ASKED, "w1", "first", texts),
    "the announcement": lambda texts: announcement(WAVE, texts),
    "the dry run": lambda texts: dry_runs.dry_run(run(texts), "well", texts),
    "the form of a wave": lambda texts: waves.form(
        WAVE, (), waves.Choices(waves.segment_names(PROGRAMME, texts), (HOSTILE[:60],), TODAY), texts
    ),
    "taking somebody off": lambda texts: waves.off_form(WAVE, texts),
    "who took part": numbers,
    "what was changed": log,
    "what went out": delivery,
    "what others changed": what_changed,
    "the desk": the_desk,
    "Home": settings,
    "everything held": lambda texts: held_modal(Holdings(NAMED), texts),
    "other places": lambda texts: places_modal(at(Step.TAKE).draft, HOSTILE, texts),
    "the company's form": lambda texts: setup_forms.company_form(PROGRAMME, texts, Carried()),
    "the form of days and hours": lambda texts: setup_forms.times_form(PROGRAMME, texts, Carried()),
    "a stranger's sentence": lambda texts: texts.say("problem-stranger", company=HOSTILE),
    "the first question": the_question(Step.INVITATION),
    "the answer to it": answered_segment,
    "the question for the segment": the_question(Step.SEGMENT),
}


def as_json(shown: Shown) -> object:
    """What is sent to Slack."""
    return asdict(shown) if isinstance(shown, Message) else shown


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", [name for name in SCREENS if name != "a stranger's sentence"])
def test_names_never_come_to_life_on(name: str, locale: str) -> None:
    shown = as_json(SCREENS[name](Texts(locale)))

    assert living(shown) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_hostile_words_are_seen_where_nothing_escapes_them(locale: str) -> None:
    # The check above must be able to fail: a sentence into which they are put as they are
    said = SCREENS["a stranger's sentence"](Texts(locale))

    for text in ({"type": "mrkdwn", "text": said, "verbatim": True}, {"text": said}):
        assert living(text) == [said]
    assert living({"type": "mrkdwn", "text": "evil"}) == ["not verbatim: evil"]
    assert living({"type": "plain_text", "text": "x", "emoji": True}) == ["plain: x"]


NAMES = {"company", "name", "team", "group", "aliases", "tech", "gtm", "error"}
"""What owners and Slack name: under these, a sentence takes somebody's words."""
ESCAPED = {"named", "quoted", "format_list"}
ROOT = Path(__file__).parents[2] / "bot"


def said(file: Path) -> Iterator[tuple[str, ast.keyword]]:
    """Every word of somebody's that is put into a sentence in this file."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say":
            for keyword in node.keywords:
                if keyword.arg in NAMES:
                    yield f"{file.relative_to(ROOT)}:{node.lineno} {keyword.arg}", keyword


def is_escaped(value: ast.expr, file: Path) -> bool:
    """Whether an expression is escaped where it stands, or the name of what was in the lines before."""
    called = {n.func.id for n in ast.walk(value) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    if called & ESCAPED:
        return True
    if not isinstance(value, ast.Name):
        return False
    assigned = [
        node.value
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Assign) and any(_binds(target, value.id) for target in node.targets)
    ]
    return any(is_escaped(one, file) for one in assigned if not isinstance(one, ast.Name))


def _binds(target: ast.expr, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(target))


def test_every_name_in_a_sentence_is_escaped_where_it_is_put_in() -> None:
    found = [
        (file, place, keyword.value) for file in sorted(ROOT.rglob("*.py")) for place, keyword in said(file)
    ]

    assert len(found) > 15
    assert [place for file, place, value in found if not is_escaped(value, file)] == []
