"""Tests of modals and Home: triggers, hashes, stacks and limits."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from practice.payloads import SlackError
from practice.server import Workspace
from practice.triggers import ResponseUrls, Triggers
from tests.e2e.slack_user import SlackUser
from tests.practice.reference_bot import button, modal, section, text_input
from tests.practice.slack_errors import error_of


def new_trigger_id(workspace: Workspace, view_id: str = "") -> str:
    """Issue a trigger id of Maya's."""
    return workspace.world.triggers.issue("U0MAYA", view_id)


def test_trigger_works_once_and_for_three_seconds() -> None:
    now = [0.0]
    triggers = Triggers(3.0, lambda: now[0])
    first, second = triggers.issue("U0MAYA"), triggers.issue("U0MAYA")

    triggers.consume(first)
    codes = [_error_code(triggers.consume, first), _error_code(triggers.consume, "made up")]
    now[0] = 3.1

    assert codes == ["exchanged_trigger_id", "invalid_trigger_id"]
    assert _error_code(triggers.consume, second) == "expired_trigger_id"


def test_response_url_works_five_times_and_for_thirty_minutes() -> None:
    now = [0.0]
    urls = ResponseUrls(1800, 5, lambda: now[0])
    used, old = urls.issue("U0MAYA", "D0MAYA"), urls.issue("U0MAYA", "D0MAYA")

    for _ in range(5):
        urls.consume(used)
    now[0] = 1801

    assert _error_code(urls.consume, old) == "expired_url"
    now[0] = 0
    assert _error_code(urls.consume, used) == "used_url"


BAD_VIEWS: list[tuple[dict[str, Any], str]] = [
    (modal("x" * 25), "must be less than 25 characters [json-pointer:/view/title/text]"),
    (
        {**modal("T", text_input("L", "b")), "submit": None},
        "missing required field: submit [json-pointer:/view]",
    ),
    (
        modal("T", private_metadata="x" * 3001),
        "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ),
    (modal("T", *[section("s")] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
    (modal("T", submit_disabled=True), "invalid additional property: submit_disabled [json-pointer:/view]"),
    (
        modal("T", {"type": "markdown", "text": "m"}),
        "unsupported type: markdown [json-pointer:/view/blocks/0/type]",
    ),
    (
        modal("T", text_input("A", "a", focus_on_load=True), text_input("B", "b", focus_on_load=True)),
        "only one element can have focus_on_load set to true [json-pointer:/view/blocks/1/element]",
    ),
    (
        modal("T", text_input("A", "a", initial_value="x" * 3001)),
        "must be less than 3001 characters [json-pointer:/view/blocks/0/element/initial_value]",
    ),
]


@pytest.mark.parametrize(("view", "complaint"), BAD_VIEWS)
async def test_view_is_refused_with_slacks_wording_when_it_is_wrong(
    workspace: Workspace, client: AsyncWebClient, view: dict[str, Any], complaint: str
) -> None:
    error = await error_of(
        client.api_call("views.open", json={"trigger_id": new_trigger_id(workspace), "view": view})
    )

    assert error["error"] == "invalid_arguments"
    assert error["response_metadata"]["messages"][1:] == [f"[ERROR] {complaint}"]


async def test_view_is_refused_when_it_is_larger_than_250_kb(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    view = modal("T", *[section("ش" * 3000) for _ in range(45)])

    error = await error_of(client.views_open(trigger_id=new_trigger_id(workspace), view=view))

    assert error["error"] == "view_too_large"


async def test_fourth_modal_is_refused_when_three_are_stacked(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    view = (await client.views_open(trigger_id=new_trigger_id(workspace), view=modal("1")))["view"]
    for title in ("2", "3"):
        view = (await client.views_push(trigger_id=new_trigger_id(workspace, view["id"]), view=modal(title)))[
            "view"
        ]

    error = await error_of(
        client.views_push(trigger_id=new_trigger_id(workspace, view["id"]), view=modal("4"))
    )

    assert error["error"] == "push_limit_reached"


async def test_update_is_refused_when_its_hash_is_stale(workspace: Workspace, client: AsyncWebClient) -> None:
    opened = (await client.views_open(trigger_id=new_trigger_id(workspace), view=modal("1")))["view"]
    await client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal("2"))

    error = await error_of(client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal("3")))

    assert error["error"] == "hash_conflict"


async def test_home_is_refused_when_its_hash_is_stale(client: AsyncWebClient) -> None:
    home = {"type": "home", "blocks": [section("1")]}
    first = (await client.views_publish(user_id="U0MAYA", view=home))["view"]
    await client.views_publish(user_id="U0MAYA", view=home)

    error = await error_of(client.views_publish(user_id="U0MAYA", view=home, hash=first["hash"]))

    assert error["error"] == "hash_conflict"


async def test_external_id_finds_its_view_and_belongs_to_one(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    await client.views_open(trigger_id=new_trigger_id(workspace), view=modal("1", external_id="mine"))

    twice = await error_of(
        client.views_open(trigger_id=new_trigger_id(workspace), view=modal("2", external_id="mine"))
    )
    updated = await client.views_update(external_id="mine", view=modal("3", external_id="mine"))

    assert twice["error"] == "duplicate_external_id"
    assert updated["view"]["title"]["text"] == "3"


async def test_typed_text_is_kept_when_a_view_is_redrawn_with_the_same_ids(
    bot_view: dict[str, Any], client: AsyncWebClient, maya: SlackUser
) -> None:
    typed = {"kept": {"value": {"value": "stays"}}, "lost": {"value": {"value": "goes"}}}
    await maya.does(
        "click", must=False, view_id=bot_view["id"], block_id="more", action_id="more", state=typed
    )

    redrawn = modal("T", text_input("Kept", "kept"), text_input("Lost", "other"))
    view = (await client.views_update(view_id=bot_view["id"], view=redrawn))["view"]

    assert view["state"]["values"]["kept"]["value"]["value"] == "stays"
    assert view["state"]["values"]["other"]["value"]["value"] is None


async def test_form_stays_on_the_screen_when_a_needed_answer_is_missing(
    bot_view: dict[str, Any], workspace: Workspace, maya: SlackUser
) -> None:
    answer = await maya.submits({"Kept": "", "Lost": "yes"})

    assert answer["errors"] == {"kept": "Please complete this required field."}
    assert not [e for e in workspace.world.journal.entries_after(0) if e["kind"] == "delivery"]


@pytest.fixture
async def bot_view(workspace: Workspace, client: AsyncWebClient) -> dict[str, Any]:
    """A modal with two inputs and a button, open on Maya's screen."""
    more = {"type": "actions", "block_id": "more", "elements": [button("More", "more")]}
    view = modal("T", text_input("Kept", "kept"), text_input("Lost", "lost"), more)
    opened = await client.views_open(trigger_id=new_trigger_id(workspace), view=view)
    found: dict[str, Any] = opened["view"]
    return found


def _error_code(consume: Any, name: str) -> str:
    with pytest.raises(SlackError) as caught:
        consume(name)
    return caught.value.code
