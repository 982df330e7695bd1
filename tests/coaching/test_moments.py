"""The checks with their own stage: open gaps, balance, and the employer in a post."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.coaching import KeptLine, company_word_share
from bot.coaching.balance import check_balance
from bot.coaching.employer import check_employer_named
from bot.coaching.gaps import check_gaps
from tests.coaching.sample_stories import MAYA_CONTEXT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I saw {{a_detail}} and {{فراغ}}.", ["{{a_detail}}", "{{فراغ}}"]),
        ("{{{x}}}", ["{{x}}"]),
        ("{{ spaced }} {{}} {x} {{two words}}", []),
        ("", []),
    ],
)
def test_gaps_are_counted_while_they_are_open(text: str, expected: list[str]) -> None:
    note = check_gaps(text, MAYA_CONTEXT)

    assert [hit.text for hit in (note.findings if note else ())] == expected
    assert note is None or note.args == {"count": len(expected)}


PLACE, PRODUCT, OWN = (
    KeptLine("w w w w w", "culture"),
    KeptLine("w w w w w", "company"),
    KeptLine("w w w w w"),
)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((PLACE, PLACE), "culture"),
        ((PRODUCT,), "company"),
        ((PLACE, PRODUCT), None),
        ((PLACE, PRODUCT, KeptLine("w", "company")), "company"),
        ((PLACE, PLACE, PRODUCT), None),
        ((PRODUCT, OWN), None),
        ((OWN,), None),
        ((KeptLine("…", "culture"),), None),
        ((), None),
    ],
)
def test_balance_is_offered_when_the_kept_lines_are_lopsided(
    lines: tuple[KeptLine, ...], expected: str | None
) -> None:
    note = check_balance("", replace(MAYA_CONTEXT, kept_lines=lines))

    assert (note.variant if note else None) == expected


def test_the_share_is_counted_in_words_of_both_languages() -> None:
    assert company_word_share((KeptLine("ثلاث كلمات هنا", "culture"), KeptLine("one", "company"))) == 0.25
    assert company_word_share(()) is None


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("I work at Qamar Labs.", True),
        ("qamar labs' new thing", True),
        ("Proud of this. #QamarLabsemployee", True),
        ("أعمل في مختبرات قمر", True),
        ("وبمختبرات قمر أعمل", True),
        ("I work at a lab in Qamar.", False),
        ("أعمل في المختبرات", False),
        ("", False),
    ],
)
def test_readers_of_a_post_learn_where_its_writer_works(text: str, is_named: bool) -> None:
    note = check_employer_named(text, MAYA_CONTEXT)

    assert (note is None) == is_named
    assert note is None or note.args == {"company": "Qamar Labs"}


def test_nothing_is_missed_while_no_name_is_known() -> None:
    assert check_employer_named("A post.", replace(MAYA_CONTEXT, company_names=())) is None
