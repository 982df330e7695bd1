"""The desk and the forms of the programme as blocks: within Slack's limits in both languages, whatever is set."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.i18n import LOCALES, Texts
from bot.ids import Carried
from bot.rules.people_csv import Problem, Wrong
from bot.views.directory.people_list import report
from bot.views.home import home
from bot.views.home_model import Shelf
from bot.views.programme.admin_panel import Desk, desk, log_modal
from bot.views.programme.setup_forms import (
    FORMS,
    channels_form,
    company_form,
    done_modal,
    people_form,
    times_form,
)
from db.models.programmes import AuditLine, Holder, Pass, Programme, Role
from practice import limits
from tests.views.screens import within_limits
from tests.views.shelves import MAYA, NOW, pressed_in, stored, words_of

TEAM = "T0QAMAR"
BARE = Programme(TEAM, "Qamar Labs", NOW)
FULL = replace(
    BARE,
    company="<!channel> & " + "x" * 66,
    aliases="\n".join("ق" * 79 + chr(0x627 + n) for n in range(20)),
    tech_en="t" * 60,
    tech_ar="ب" * 60,
    gtm_en="g" * 60,
    gtm_ar="ع" * 60,
    stories_channel="C0MONDAY",
    asks_channel="C0CUSTOMERS",
    week="sun mon tue wed thu fri sat",
    country="SA",
    language="ar",
)
CHANNEL_STATES = ("well", "absent", "unseen", "archived", "read_only", "shared", "unknown")


@pytest.fixture(params=LOCALES)
def texts(request: pytest.FixtureRequest) -> Texts:
    """The words of each language."""
    return Texts(request.param)


def holders(each: int) -> tuple[Holder, ...]:
    """So many people in every role."""
    return tuple(Holder(TEAM, f"U{n:010}", role, NOW) for role in Role for n in range(each))


def desk_with(programme: Programme, **facts: object) -> Desk:
    """The desk of one who runs it."""
    return replace(Desk(MAYA, "U0HAKAWATI", "run", programme), **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("programme", [BARE, FULL])
@pytest.mark.parametrize("choice", ["first", ""])
def test_forms_are_within_slacks_limits(programme: Programme, choice: str, texts: Texts) -> None:
    held = {role: [f"U{n:010}" for n in range(90)] for role in Role}
    for form in FORMS:
        carried = Carried(about=form, choice=choice)
        views = {
            "company": lambda c: company_form(programme, texts, c),
            "times": lambda c: times_form(programme, texts, c),
            "channels": lambda c: channels_form(programme, texts, c),
            "people": lambda c: people_form(held, texts, c),
        }
        limits.view(views[form](carried), "modal")
    limits.view(done_modal(texts), "modal")


def test_field_of_very_many_people_gives_way_to_a_sentence(texts: Texts) -> None:
    many = {Role.OWNER: ["U1"], Role.EXECUTIVE: [f"U{n:010}" for n in range(101)]}

    view = people_form(many, texts, Carried(about="people"))

    limits.view(view, "modal")
    assert [b["block_id"] for b in view["blocks"] if "block_id" in b] == [
        "owner",
        "sponsor",
        "people_partner",
        "recruiter",
    ]
    assert "101" in words_of(view)


@pytest.mark.parametrize("programme", [BARE, FULL])
@pytest.mark.parametrize("state", CHANNEL_STATES)
def test_desk_is_within_slacks_limits_beside_many_stories(
    programme: Programme, state: str, texts: Texts
) -> None:
    theirs = desk_with(
        programme,
        holders=holders(200),
        channels={"C0MONDAY": state, "C0CUSTOMERS": state},
        reading=Pass(TEAM, NOW, NOW, done_at=NOW, people=41),
    )

    view = home(Shelf(MAYA, drafts=tuple(stored(n) for n in range(60))), texts, theirs)

    limits.view(view, "home")
    assert "programme:log ~~~" in pressed_in(view)
    assert "<!channel>" not in words_of(view)


@pytest.mark.parametrize(
    "latest",
    [
        None,
        Pass(TEAM, NOW, NOW),
        Pass(TEAM, NOW, NOW, people=200),
        Pass(TEAM, NOW, NOW, done_at=NOW, people=1, problem="ratelimited"),
    ],
)
def test_desk_says_how_the_reading_of_everybody_stands(latest: Pass | None, texts: Texts) -> None:
    blocks = desk(desk_with(BARE, reading=latest), texts)

    limits.view({"type": "home", "blocks": blocks}, "home")
    assert ("ratelimited" in words_of(blocks)) is bool(latest and latest.problem)


@pytest.mark.parametrize("may", ["run", "set_up"])
def test_offer_stands_first_and_everything_else_stays(may: str, texts: Texts) -> None:
    view = home(Shelf(MAYA, drafts=(stored(),)), texts, Desk(MAYA, "U0HAKAWATI", may))

    limits.view(view, "home")
    assert pressed_in(view)[0] == "programme:open ~~first~company"


def test_log_is_within_slacks_limits(texts: Texts) -> None:
    lines = [
        AuditLine(TEAM, "U0LINA", f"role-{what}", "U0MIRA", role, NOW)
        for role in Role
        for what in ("given", "taken")
    ]
    lines += [AuditLine(TEAM, None, "settings", None, f"{form} tz", NOW) for form in FORMS[:3]]
    lines += [AuditLine(TEAM, None, "people-listed", None, "37", NOW)] * 37

    limits.view(log_modal(tuple(lines), MAYA, texts), "modal")
    limits.view(log_modal((), MAYA, texts), "modal")


def test_log_says_by_itself_of_a_halt_alone_whatever_an_invitation_is_called(texts: Texts) -> None:
    by_itself = texts.say("log-itself")
    halted = AuditLine(TEAM, None, "halted", None, "opt_outs", NOW)
    # What an owner did who has been erased since
    deeds = [replace(halted, deed=f"wave-{deed}") for deed in ("kept", "dropped", "started", "off")]

    assert by_itself in words_of(log_modal((halted,), MAYA, texts))
    assert by_itself not in words_of(log_modal(tuple(deeds), MAYA, texts))


def test_report_of_a_list_names_each_kind_of_problem_and_counts_the_rest(texts: Texts) -> None:
    problems = [Problem(n, wrong) for n, wrong in enumerate([*Wrong] * 9, 2)]

    message = report(3, problems, texts)

    assert within_limits(message)
    assert "30" in words_of(message.text)
