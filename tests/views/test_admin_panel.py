"""The admin panel and the programme's forms as blocks: within Slack's limits in both languages, whatever is set."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.i18n import LOCALES, Texts
from bot.payloads import SETUP_FORMS, SetupPayload
from bot.rules.people_csv import RejectedLine, RejectionReason
from bot.rules.roles import ProgrammeRight
from bot.views.directory.people_list import list_report_message
from bot.views.home import home_view
from bot.views.home_model import HomeModel
from bot.views.programme.admin_panel import AdminPanelModel, admin_panel_blocks, audit_log_modal
from bot.views.programme.setup_forms import (
    channels_form,
    company_and_segments_form,
    role_holders_form,
    setup_done_modal,
    times_and_language_form,
)
from db.models.programmes import AuditEntry, DirectorySync, Programme, Role, RoleHolder
from practice import limits
from tests.views.block_inspection import is_within_message_limits
from tests.views.samples import MAYA, NOW, button_values, stored_draft, text_of_view

TEAM = "T0QAMAR"
BARE_PROGRAMME = Programme(TEAM, "Qamar Labs", NOW)
FULL = replace(
    BARE_PROGRAMME,
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
    """Texts in each language."""
    return Texts(request.param)


def holders_of_every_role(count: int) -> tuple[RoleHolder, ...]:
    """Return `count` people in every role."""
    return tuple(RoleHolder(TEAM, f"U{n:010}", role, NOW) for role in Role for n in range(count))


def panel_with(programme: Programme, **facts: object) -> AdminPanelModel:
    """Return the panel of an owner."""
    return replace(AdminPanelModel(MAYA, "U0HAKAWATI", ProgrammeRight.RUN, programme), **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("programme", [BARE_PROGRAMME, FULL])
@pytest.mark.parametrize("is_first", [True, False])
def test_forms_are_within_slacks_limits(programme: Programme, is_first: bool, texts: Texts) -> None:
    held = {role: [f"U{n:010}" for n in range(90)] for role in Role}
    for form in SETUP_FORMS:
        payload = SetupPayload(form, is_first=is_first)
        views = {
            "company": lambda c: company_and_segments_form(programme, texts, c),
            "times": lambda c: times_and_language_form(programme, texts, c),
            "channels": lambda c: channels_form(programme, texts, c),
            "people": lambda c: role_holders_form(held, texts, c),
        }
        limits.validate_view(views[form](payload), "modal")
    limits.validate_view(setup_done_modal(texts), "modal")


def test_field_of_very_many_people_gives_way_to_a_sentence(texts: Texts) -> None:
    many = {Role.OWNER: ["U1"], Role.EXECUTIVE: [f"U{n:010}" for n in range(101)]}

    view = role_holders_form(many, texts, SetupPayload("people"))

    limits.validate_view(view, "modal")
    assert [b["block_id"] for b in view["blocks"] if "block_id" in b] == [
        "owner",
        "sponsor",
        "people_partner",
        "recruiter",
    ]
    assert "101" in text_of_view(view)


@pytest.mark.parametrize("programme", [BARE_PROGRAMME, FULL])
@pytest.mark.parametrize("state", CHANNEL_STATES)
def test_panel_is_within_slacks_limits_with_many_stories(
    programme: Programme, state: str, texts: Texts
) -> None:
    panel = panel_with(
        programme,
        holders=holders_of_every_role(200),
        channel_states={"C0MONDAY": state, "C0CUSTOMERS": state},
        latest_sync=DirectorySync(TEAM, NOW, NOW, done_at=NOW, people=41),
    )

    view = home_view(HomeModel(MAYA, drafts=tuple(stored_draft(n) for n in range(60))), texts, panel)

    limits.validate_view(view, "home")
    assert "programme:log ~~~" in button_values(view)
    assert "<!channel>" not in text_of_view(view)


@pytest.mark.parametrize(
    "latest",
    [
        None,
        DirectorySync(TEAM, NOW, NOW),
        DirectorySync(TEAM, NOW, NOW, people=200),
        DirectorySync(TEAM, NOW, NOW, done_at=NOW, people=1, problem="ratelimited"),
    ],
)
def test_panel_shows_the_state_of_the_directory_sync(latest: DirectorySync | None, texts: Texts) -> None:
    blocks = admin_panel_blocks(panel_with(BARE_PROGRAMME, latest_sync=latest), texts)

    limits.validate_view({"type": "home", "blocks": blocks}, "home")
    assert ("ratelimited" in text_of_view(blocks)) is bool(latest and latest.problem)


@pytest.mark.parametrize("right", [ProgrammeRight.RUN, ProgrammeRight.SET_UP])
def test_offer_stands_first_and_everything_else_stays(right: ProgrammeRight, texts: Texts) -> None:
    view = home_view(
        HomeModel(MAYA, drafts=(stored_draft(),)), texts, AdminPanelModel(MAYA, "U0HAKAWATI", right)
    )

    limits.validate_view(view, "home")
    assert button_values(view)[0] == "programme:open ~~first~company"


def test_log_is_within_slacks_limits(texts: Texts) -> None:
    lines = [
        AuditEntry(TEAM, "U0LINA", f"role-{what}", "U0MIRA", role, NOW)
        for role in Role
        for what in ("given", "taken")
    ]
    lines += [AuditEntry(TEAM, None, "settings", None, f"{form} tz", NOW) for form in SETUP_FORMS[:3]]
    lines += [AuditEntry(TEAM, None, "people-listed", None, "37", NOW)] * 37

    limits.validate_view(audit_log_modal(tuple(lines), MAYA, texts), "modal")
    limits.validate_view(audit_log_modal((), MAYA, texts), "modal")


def test_log_says_by_itself_of_a_halt_alone_whatever_an_invitation_is_called(texts: Texts) -> None:
    by_itself = texts.say("log-itself")
    halted = AuditEntry(TEAM, None, "halted", None, "opt_outs", NOW)
    # What an owner did who has been erased since
    deeds = [replace(halted, action=f"wave-{deed}") for deed in ("kept", "dropped", "started", "off")]

    assert by_itself in text_of_view(audit_log_modal((halted,), MAYA, texts))
    assert by_itself not in text_of_view(audit_log_modal(tuple(deeds), MAYA, texts))


def test_report_of_a_list_names_each_kind_of_problem_and_counts_the_rest(texts: Texts) -> None:
    problems = [RejectedLine(n, wrong) for n, wrong in enumerate([*RejectionReason] * 9, 2)]

    message = list_report_message(3, problems, texts)

    assert is_within_message_limits(message)
    assert "30" in text_of_view(message.text)
