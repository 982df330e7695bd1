"""Owners' words and Slack's names on every screen: shown literally, without effect."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from bot.i18n import LOCALES, Locale, Texts
from bot.payloads import SetupPayload
from bot.rules.audiences import AudienceReason
from bot.rules.delivery_status import DeliveryStatus
from bot.rules.participation import ParticipationCount, figures_for_owners, next_published_figures
from bot.rules.roles import ProgrammeRight
from bot.rules.waves import ExclusionReason
from bot.views.blocks import Block, Message
from bot.views.delivery.status_page import (
    ChannelPostStatus,
    DeliveryStatusModel,
    WaveStatus,
    delivery_status_modal,
)
from bot.views.home import home_view
from bot.views.home_model import HomeModel
from bot.views.privacy import policy
from bot.views.privacy.personal_data import PersonalDataModel, personal_data_summary_modal
from bot.views.programme import setup_forms
from bot.views.programme.admin_panel import AdminPanelModel, audit_log_modal
from bot.views.programme.change_notices import ChangeNoticeModel, change_notice_message
from bot.views.stories.answered_questions import answered_question_message
from bot.views.stories.finish import other_sites_modal
from bot.views.stories.questions import current_question_message
from bot.views.waves import dry_run as dry_runs
from bot.views.waves import form as waves
from bot.views.waves import invitation as invitations
from bot.views.waves.announcement import announcement_message
from bot.views.waves.dry_run import DryRun, DryRunRow
from bot.views.waves.invitation import SAMPLE_WAVE_ID, InvitationDetails
from bot.views.waves.participation import ParticipationModel, participation_modal
from db.models.drafts import DraftStep, Question
from db.models.notices import ChannelPost, PersonChange, PersonChangeKind
from db.models.programmes import AuditEntry, DirectorySync, Programme
from db.models.waves import StoredWave
from tests.conversation.scripted_dialogue import MATERIAL, dialogue_at
from tests.views.live_markup import HOSTILE_CODE, HOSTILE_TEXT, find_live_markup
from tests.views.samples import MAYA, NOW

TEAM, TODAY = "T0QAMAR", NOW.date()
SEGMENTS: dict[str, Any] = {
    f"{name}_{locale}": HOSTILE_TEXT for name in ("tech", "gtm") for locale in LOCALES
}
PROGRAMME = Programme(
    TEAM, HOSTILE_TEXT, NOW, aliases=f"{HOSTILE_TEXT[:30]}\n{HOSTILE_TEXT[30:60]}", **SEGMENTS
)
WAVE = StoredWave(
    TEAM, "w1", HOSTILE_TEXT, TODAY, TODAY, HOSTILE_TEXT, NOW, teams=HOSTILE_TEXT[:60], channel="C0GENERAL"
)
STARTED = replace(WAVE, id="w2", started_at=NOW)
HOSTILE_PERSON = replace(
    MAYA, name=HOSTILE_TEXT, real_name=HOSTILE_TEXT, first_name=HOSTILE_TEXT, locale=HOSTILE_CODE, tz=None
)
ASKED = InvitationDetails(
    "U0LINA", HOSTILE_TEXT, HOSTILE_TEXT, AudienceReason.TEAM, HOSTILE_TEXT, HOSTILE_TEXT, HOSTILE_TEXT
)
Shown = Block | Message | str | list[Block]


def hostile_dry_run(texts: Texts) -> DryRun:
    """Return a dry run in which everything has such a name."""
    lines = tuple(
        DryRunRow(
            "U0MAYA", HOSTILE_TEXT, "tech", HOSTILE_TEXT, locale, replace(ASKED, audience_kind=kind), NOW
        )
        for locale in LOCALES
        for kind in (AudienceReason.SEGMENT, AudienceReason.TEAM, AudienceReason.CHOSEN)
    )
    return DryRun(
        WAVE,
        lines,
        waves.segment_labels_by_name(PROGRAMME, texts),
        {ExclusionReason.GUEST: (HOSTILE_TEXT,)},
        TODAY,
        "en",
    )


def programme_log_modal(texts: Texts) -> Block:
    """Return the log with every kind of entry."""
    deeds = ("wave-kept", "wave-dropped", "wave-started", "wave-off", "settings", "people-listed")
    return audit_log_modal(
        tuple(AuditEntry(TEAM, "U0LINA", deed, None, HOSTILE_TEXT, NOW) for deed in deeds), MAYA, texts
    )


def status_page(texts: Texts) -> Block:
    """Return the delivery status page."""
    posts = tuple(
        ChannelPostStatus(
            ChannelPost("announcement", "C0GENERAL", "w1", state, HOSTILE_CODE, NOW, NOW), state, HOSTILE_TEXT
        )
        for state in ("sent", "pending", "failed", "unknown", "expired")
    )
    each = tuple(WaveStatus(WAVE, 7, has_opened) for has_opened in (True, False))
    return delivery_status_modal(
        DeliveryStatusModel(MAYA, DeliveryStatus.WELL, NOW, (HOSTILE_CODE,), posts, each, each), texts
    )


def participation_page(texts: Texts) -> Block:
    """Return the participation page."""
    counts = {name: ParticipationCount(40, 20, 10) for name in ("tech", "gtm", "")}
    figures = figures_for_owners(next_published_figures(STARTED.id, (), counts), dict.fromkeys(counts, 40))
    found = ParticipationModel(STARTED, True, figures, ((STARTED.name, 3),))
    return participation_modal(found, waves.segment_labels_by_name(PROGRAMME, texts), texts)


def change_message(texts: Texts) -> Message:
    """Return a notice about changes made by others."""
    deeds: dict[PersonChangeKind, str] = {"segment": "tech", "team": HOSTILE_TEXT, "wave": "w1"}
    changes = tuple(
        PersonChange(TEAM, "U0MAYA", deed, "", after, "U0LINA", NOW) for deed, after in deeds.items()
    )
    return change_notice_message(ChangeNoticeModel(changes, HOSTILE_TEXT, SEGMENTS, ("U0LINA",)), texts)


def admin_home(texts: Texts) -> Block:
    """Return the Home tab of an owner, with every part of the panel."""
    reading = DirectorySync(TEAM, NOW, NOW, done_at=NOW, people=7, problem=HOSTILE_CODE)
    panel = AdminPanelModel(
        MAYA,
        "U0HAKAWATI",
        ProgrammeRight.RUN,
        PROGRAMME,
        latest_sync=reading,
        waves=(WAVE, STARTED),
        today=TODAY,
    )
    return home_view(HomeModel(replace(HOSTILE_PERSON, segment="tech"), segments=SEGMENTS), texts, panel)


def settings_home(texts: Texts) -> Block:
    """Return the Home tab of somebody with a story, with all settings."""
    return home_view(
        HomeModel(replace(HOSTILE_PERSON, segment="gtm"), segments=SEGMENTS, is_stored=True), texts
    )


def question_screen(step: DraftStep) -> Callable[[Texts], Message]:
    """Return a question for somebody with such a name, in a company that calls its segments so."""
    material = replace(MATERIAL, segments=SEGMENTS)
    return lambda texts: current_question_message(
        dialogue_at(step).draft, material, texts, name=HOSTILE_TEXT, remark=""
    )


def answered_segment_message(texts: Texts) -> Message:
    """Return the question about the segment after it's answered."""
    draft = dialogue_at(DraftStep.LANGUAGE).draft
    return answered_question_message(
        draft, Question(DraftStep.SEGMENT), replace(MATERIAL, segments=SEGMENTS), texts
    )


SCREENS: dict[str, Callable[[Texts], Shown]] = {
    "what happens to my words": lambda texts: policy.privacy_policy_modal(HOSTILE_TEXT, texts),
    "the invitation": lambda texts: invitations.invitation_message(ASKED, "w1", texts),
    "the invitation to a segment": lambda texts: invitations.invitation_message(
        replace(ASKED, audience_kind=AudienceReason.SEGMENT), SAMPLE_WAVE_ID, texts
    ),
    "a reminder": lambda texts: invitations.reminder_or_snoozed_message(ASKED, "w1", "first", texts),
    "the announcement": lambda texts: announcement_message(WAVE, texts),
    "the dry run": lambda texts: dry_runs.dry_run_message(hostile_dry_run(texts), "well", texts),
    "the form of a wave": lambda texts: waves.wave_form(
        WAVE,
        (),
        waves.WaveFormOptions(waves.segment_labels_by_name(PROGRAMME, texts), (HOSTILE_TEXT[:60],), TODAY),
        texts,
    ),
    "taking somebody off": lambda texts: waves.remove_people_form(WAVE, texts),
    "who took part": participation_page,
    "what was changed": programme_log_modal,
    "what went out": status_page,
    "what others changed": change_message,
    "the desk": admin_home,
    "Home": settings_home,
    "everything held": lambda texts: personal_data_summary_modal(PersonalDataModel(HOSTILE_PERSON), texts),
    "other places": lambda texts: other_sites_modal(dialogue_at(DraftStep.TAKE).draft, HOSTILE_TEXT, texts),
    "the company's form": lambda texts: setup_forms.company_and_segments_form(
        PROGRAMME, texts, SetupPayload("company")
    ),
    "the form of days and hours": lambda texts: setup_forms.times_and_language_form(
        PROGRAMME, texts, SetupPayload("times")
    ),
    "a stranger's sentence": lambda texts: texts.say("problem-stranger", company=HOSTILE_TEXT),
    "the first question": question_screen(DraftStep.INVITATION),
    "the answer to it": answered_segment_message,
    "the question for the segment": question_screen(DraftStep.SEGMENT),
}


def as_json(shown: Shown) -> object:
    """Return the message or view as it's sent to Slack."""
    return asdict(shown) if isinstance(shown, Message) else shown


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", [name for name in SCREENS if name != "a stranger's sentence"])
def test_names_never_come_to_life_on(name: str, locale: Locale) -> None:
    shown = as_json(SCREENS[name](Texts(locale)))

    assert find_live_markup(shown) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_hostile_words_are_seen_where_nothing_escapes_them(locale: Locale) -> None:
    # The check above must be able to fail: a sentence with the words unescaped
    sentence = SCREENS["a stranger's sentence"](Texts(locale))

    for text in ({"type": "mrkdwn", "text": sentence, "verbatim": True}, {"text": sentence}):
        assert find_live_markup(text) == [sentence]
    assert find_live_markup({"type": "mrkdwn", "text": "evil"}) == ["not verbatim: evil"]
    assert find_live_markup({"type": "plain_text", "text": "x", "emoji": True}) == ["plain: x"]


NAMES = {"company", "name", "team", "group", "aliases", "tech", "gtm", "error"}
"""The arguments that hold owners' or Slack's names: a sentence takes somebody's words under these."""
ESCAPED = {"escape_name", "escape_user_text", "format_list"}
ROOT = Path(__file__).parents[2] / "bot"


def text_arguments(file: Path) -> Iterator[tuple[str, ast.keyword]]:
    """Return every argument in this file that puts somebody's words into a sentence."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say":
            for keyword in node.keywords:
                if keyword.arg in NAMES:
                    yield f"{file.relative_to(ROOT)}:{node.lineno} {keyword.arg}", keyword


def is_escaped(value: ast.expr, file: Path) -> bool:
    """Return whether an expression is escaped, directly or in the lines before it."""
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
        (file, place, keyword.value)
        for file in sorted(ROOT.rglob("*.py"))
        for place, keyword in text_arguments(file)
    ]

    assert len(found) > 15
    assert [place for file, place, value in found if not is_escaped(value, file)] == []
