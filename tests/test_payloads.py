"""Payloads come back from Slack as they went, old ones can still be read, and forged ones are nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.preference_phrases import PreferenceRequest
from bot.i18n import LOCALES
from bot.payloads import (
    LANDING_ANSWERS,
    MAX_VALUE_LENGTH,
    SEGMENT_CHOICES,
    SETUP_FORMS,
    ButtonPayload,
    ConsentPayload,
    DestinationPayload,
    DraftPayload,
    EditorPayload,
    EmptyPayload,
    ExportPayload,
    InvitationPayload,
    LandingPayload,
    LanguagePayload,
    PagePayload,
    PreferencePayload,
    QuestionPayload,
    ReplacementPayload,
    SegmentPayload,
    SetupPayload,
    SnoozePayload,
    SwitchPayload,
    WavePayload,
)
from db.models.drafts import DraftStep, Question

OLD_VALUES: list[tuple[str, ButtonPayload]] = [
    ("~~~", EmptyPayload()),
    ("4f1c09~~~", DraftPayload("4f1c09")),
    ("4f1c09~done~~", DraftPayload("4f1c09")),
    ("4f1c09~lines:1~merge~", DraftPayload("4f1c09")),
    ("4f1c09~segment~tech~", QuestionPayload("4f1c09", Question(DraftStep.SEGMENT), "tech")),
    ("4f1c09~lines:1~keep~di-1", QuestionPayload("4f1c09", Question(DraftStep.LINES, "1"), "keep", "di-1")),
    ("4f1c09~lines:1~~di-1", QuestionPayload("4f1c09", Question(DraftStep.LINES, "1"), "", "di-1")),
    (
        "4f1c09~turn~restore~1.000001",
        QuestionPayload("4f1c09", Question(DraftStep.TURN), "restore", "1.000001"),
    ),
    ("4f1c09~draft~12~", EditorPayload("4f1c09", 12)),
    ("4f1c09~take~place~medium", DestinationPayload("4f1c09", "medium")),
    ("4f1c09~take~linkedin~linkedin", DestinationPayload("4f1c09", "linkedin")),
    ("4f1c09~~~", ReplacementPayload("4f1c09")),
    ("4f1c09~~~77aa02", ReplacementPayload("4f1c09", "77aa02")),
    ("4f1c09~~not_yet~", LandingPayload("4f1c09", "not_yet")),
    ("4f1c09~~2~read", PagePayload("read", 2, "4f1c09")),
    ("~~0~held", PagePayload("held")),
    ("4f1c09~~tomorrow~paused", SnoozePayload("4f1c09", "paused", "tomorrow")),
    ("4f1c09~~date~landed", SnoozePayload("4f1c09", "landed", "date")),
    (
        "4f1c09~~fewer~1.000003 1.000001 1.000002",
        PreferencePayload("4f1c09", PreferenceRequest.FEWER, "1.000003", ("1.000001", "1.000002")),
    ),
    ("~~yes~", SwitchPayload(True)),
    ("~~no~", SwitchPayload(False)),
    ("~~yes~ask-talk", ConsentPayload("ask-talk", True)),
    ("~~no~counting", ConsentPayload("counting", False)),
    ("~~neither~", SegmentPayload("neither")),
    ("~~ar~", LanguagePayload("ar")),
    ("~~~", ExportPayload()),
    ("~~~erase", ExportPayload(before_erasure=True)),
    ("~~first~company", SetupPayload("company", is_first=True)),
    ("~~~times", SetupPayload("times")),
    ("~3~~w-1", WavePayload("w-1", 3)),
    ("~~~w-1", WavePayload("w-1")),
    ("~~begin~w-1", InvitationPayload("w-1", "begin")),
    ("~~date~sample", InvitationPayload("sample", "date")),
]

ids = st.text(st.characters(exclude_characters="~ ", exclude_categories=["Cs"]), min_size=1, max_size=40)
texts = st.text(st.characters(exclude_characters="~", exclude_categories=["Cs"]), max_size=40)
names = texts.filter(bool)
numbers = st.integers(0, 999_999_999)
questions = st.builds(Question, st.sampled_from(DraftStep), texts)
FAMILIES: dict[type[ButtonPayload], st.SearchStrategy[Any]] = {
    EmptyPayload: st.just(EmptyPayload()),
    DraftPayload: st.builds(DraftPayload, ids),
    QuestionPayload: st.builds(QuestionPayload, ids, questions, texts, texts),
    EditorPayload: st.builds(EditorPayload, ids, st.none() | numbers),
    DestinationPayload: st.builds(DestinationPayload, ids, names),
    ReplacementPayload: st.builds(ReplacementPayload, ids, texts),
    LandingPayload: st.builds(LandingPayload, ids, st.sampled_from(LANDING_ANSWERS)),
    PagePayload: st.builds(
        PagePayload, st.sampled_from(["read", "versions", "list", "held"]), numbers, st.just("") | ids
    ),
    SnoozePayload: st.builds(SnoozePayload, ids, st.sampled_from(["paused", "landed"]), names),
    PreferencePayload: st.builds(
        PreferencePayload,
        ids,
        st.sampled_from(PreferenceRequest),
        ids,
        st.lists(ids, max_size=20).map(tuple),
    ),
    SwitchPayload: st.builds(SwitchPayload, st.booleans()),
    ConsentPayload: st.builds(ConsentPayload, names, st.booleans()),
    SegmentPayload: st.builds(SegmentPayload, st.sampled_from(SEGMENT_CHOICES)),
    LanguagePayload: st.builds(LanguagePayload, st.sampled_from(LOCALES)),
    ExportPayload: st.builds(ExportPayload, st.booleans()),
    SetupPayload: st.builds(SetupPayload, st.sampled_from(SETUP_FORMS), st.booleans()),
    WavePayload: st.builds(WavePayload, ids, st.none() | numbers),
    InvitationPayload: st.builds(InvitationPayload, ids, names),
}
FORGED = [None, "", "~", "~~", "~~~~", "a~b~c~d~e~f", "'; DROP TABLE drafts; --"]


def test_every_family_has_old_values_and_a_strategy() -> None:
    assert (
        {type(payload) for _, payload in OLD_VALUES} == set(FAMILIES) == set(ButtonPayload.__subclasses__())
    )


@pytest.mark.parametrize(("value", "payload"), OLD_VALUES)
def test_old_value_is_read_when_its_button_is_still_in_a_dm(value: str, payload: ButtonPayload) -> None:
    assert type(payload).unpack(value) == payload


@given(st.one_of(*FAMILIES.values()))
def test_payload_comes_back_as_it_went(payload: ButtonPayload) -> None:
    packed = payload.pack()

    assert len(packed) <= MAX_VALUE_LENGTH
    assert type(payload).unpack(packed) == payload


@pytest.mark.parametrize("family", FAMILIES)
@given(value=st.text())
def test_garbage_is_nothing(family: type[ButtonPayload], value: str) -> None:
    if value.count("~") != 3:
        assert family.unpack(value) is None
    family.unpack(value)  # never raises


@pytest.mark.parametrize("family", FAMILIES)
@given(parts=st.lists(st.text(st.characters(exclude_characters="~")), min_size=4, max_size=4))
def test_forged_parts_are_nothing_or_a_payload_that_packs_again(
    family: type[ButtonPayload], parts: list[str]
) -> None:
    payload = family.unpack("~".join(parts))

    assert payload is None or family.unpack(payload.pack()) == payload


@pytest.mark.parametrize(
    ("family", "value"),
    [
        *((family, value) for family in FAMILIES for value in FORGED),
        (EmptyPayload, "4f1c09~~~"),
        (DraftPayload, "~segment~tech~"),
        (QuestionPayload, "4f1c09~no_such_step~tech~"),
        (QuestionPayload, "~segment~tech~"),
        (LandingPayload, "4f1c09~~maybe~"),
        (PagePayload, "4f1c09~~1~diary"),
        (PagePayload, "4f1c09~~-1~read"),
        (PagePayload, "4f1c09~~99999999999999999999~read"),
        (SnoozePayload, "4f1c09~~tomorrow~invitation"),
        (PreferencePayload, "4f1c09~~louder~1.000001"),
        (PreferencePayload, "4f1c09~~fewer~"),
        (SwitchPayload, "~~maybe~"),
        (ConsentPayload, "~~yes~"),
        (SegmentPayload, "~~ceo~"),
        (LanguagePayload, "~~fr~"),
        (ExportPayload, "~~~everything"),
        (SetupPayload, "~~first~secrets"),
        (WavePayload, "~3~~"),
        (InvitationPayload, "~~begin~"),
    ],
)
def test_forged_value_is_nothing(family: type[ButtonPayload], value: str | None) -> None:
    assert family.unpack(value) is None


@pytest.mark.parametrize("payload", [DraftPayload("a~b"), DraftPayload("x" * 2001)])
def test_payload_that_would_not_come_back_is_refused(payload: ButtonPayload) -> None:
    with pytest.raises(ValueError, match="a button cannot carry"):
        payload.pack()
