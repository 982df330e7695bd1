"""Invariants after every case: nothing twice, nothing lost unseen, nothing after an opt-out, no leaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select

from bot.text import replace_unstorable_characters
from db.models.notices import Notice
from db.queries.drafts import list_all_drafts_of_person
from db.schema.core import people, processed_events
from db.schema.outbox import attempts, outbox
from practice.messages import Message
from practice.payloads import Json
from tests.db.samples import CANARY_TEXT, OTHER_TEAM, TEAM
from tests.faults import other_workspace
from tests.faults.harness import FaultHarness, has_ended, outbox_key
from tests.faults.mutant_bot import fast_timings

DUTIES = ("stopped", "changes")
"""Kinds of notices that are sent even after an opt-out."""
CONFIRMED = "Done. I won't write unless"


async def check_invariants(harness: FaultHarness, *, lost: int = 0) -> None:
    """Check the journal against the database; at most `lost` notices may be lost, visibly."""
    notices = await harness.list_notices()
    await assert_received_is_kept(harness)
    assert_nothing_twice(harness, notices)
    assert_everything_ended(harness, notices)
    await assert_nothing_after_stop(harness)
    assert_no_leaks(harness)
    await assert_other_workspace_unchanged(harness)
    unknown = [one for one in notices if one.state == "unknown"]
    assert len(unknown) <= lost, [(one.key, one.reason) for one in unknown]


async def assert_received_is_kept(harness: FaultHarness) -> None:
    """Check that every acknowledged event has a receipt, and that its words are kept as they arrived."""
    taken = [message for _, message in acknowledged_events(harness) if message is not None]
    async with harness.open_database() as database, database.read_transaction() as connection:
        mine = select(processed_events.c.event_id).where(processed_events.c.team_id == TEAM)
        received = {row.event_id for row in await connection.execute(mine)}
        missing = [message.text for message in taken if message.client_msg_id not in received]
        assert missing == [], "taken, and forgotten"
        for message in taken:
            if CANARY_TEXT in message.text:
                kept = [
                    asdict(one.draft)
                    for one in await list_all_drafts_of_person(connection, TEAM, message.user)
                ]
                assert replace_unstorable_characters(message.text) in str(kept), (
                    "taken, and the words are gone"
                )


def acknowledged_events(harness: FaultHarness) -> Iterator[tuple[Json, Message | None]]:
    """Return every event that the bot acknowledged, with the message if there's one."""
    world = harness.app.workspace.world
    for entry in harness.journal.entries_after(0):
        if entry["kind"] != "delivery" or entry["what"] != "events_api" or entry["status"] != "ok":
            continue
        ids = entry["ids"]
        is_written = (
            ids["type"] == "message" and "subtype" not in ids and ids.get("user") != world.bot_user_id
        )
        yield entry, world.messages.find(ids["channel"], ids["ts"]) if is_written else None


def assert_nothing_twice(harness: FaultHarness, notices: tuple[Notice, ...]) -> None:
    """Check that no key and no business fact was posted twice."""
    facts = {one.key: (one.kind, one.recipient, one.occurrence) for one in notices}
    keys = [outbox_key(post) for post in harness.list_accepted_posts() if outbox_key(post) in facts]
    twice = [key for key, times in Counter(keys).items() if times > 1]
    assert twice == [], f"said twice: {[facts[key] for key in twice]}"
    assert all(times == 1 for times in Counter(facts[key] for key in keys).values())


def assert_everything_ended(harness: FaultHarness, notices: tuple[Notice, ...]) -> None:
    """Check that every planned notice has ended: sent and in Slack, or unsent with a reason."""
    accepted_ts = {outbox_key(post): post["response"]["ts"] for post in harness.list_accepted_posts()}
    assert [one.state for one in notices if not has_ended(one)] == []
    for one in notices:
        if one.state == "sent":
            assert accepted_ts.get(one.key) == one.ts
            continue
        assert one.reason, f"{one.state} without a reason"
        # If the calendar moves back during a send, the search may use the wrong time.
        if not (harness.clock_went_back and one.state == "unknown"):
            assert one.key not in accepted_ts, f"{one.state} ({one.reason}), but it stands in Slack"


async def assert_nothing_after_stop(harness: FaultHarness) -> None:
    """Check that nothing was claimed after an opt-out or departure, and nothing accepted after its confirmation."""
    if not harness.clock_went_back:
        await _assert_nothing_claimed(harness)
    notices = {one.key: one for one in await harness.list_notices()}
    gone: dict[str, datetime] = {}
    for entry, message in acknowledged_events(harness):
        user = str(entry["ids"].get("user", ""))
        if (message and message.text == "stop") or _is_departure(harness, entry):
            gone.setdefault(user, datetime.fromisoformat(entry["answered_at"]))
    confirmed: set[str] = set()
    for post in harness.list_accepted_posts():
        notice, channel = notices.get(outbox_key(post)), post["response"]["channel"]
        if notice is not None and notice.kind not in DUTIES:
            assert channel not in confirmed, "something arrived after the stop had been confirmed"
        if CONFIRMED in post["args"].get("text", ""):
            confirmed.add(channel)
        elif notice is not None and notice.user_id in gone:
            # A notice claimed before may arrive a moment later, but not after its lease ends.
            late = datetime.fromisoformat(post["at"]) - gone[notice.user_id]
            assert late < fast_timings().lease, "something was begun after the stop"


async def _assert_nothing_claimed(harness: FaultHarness) -> None:
    late = (
        select(outbox.c.key)
        .join(attempts, attempts.c.outbox_id == outbox.c.id)
        .join(people, (people.c.user_id == outbox.c.user_id) & (people.c.team_id == outbox.c.team_id))
        .where(outbox.c.team_id == TEAM, outbox.c.kind.not_in(DUTIES))
        .where((attempts.c.started_at > people.c.stopped_at) | (attempts.c.started_at > people.c.left_at))
    )
    async with harness.open_database() as database, database.read_transaction() as connection:
        assert (await connection.execute(late)).all() == [], "claimed after a stop"


def _is_departure(harness: FaultHarness, entry: Json) -> bool:
    person = harness.app.workspace.world.people.find(str(entry["ids"].get("user", "")))
    return entry["ids"]["type"] == "user_change" and person is not None and person.deleted


def assert_no_leaks(harness: FaultHarness) -> None:
    """Check that no log contains words or secrets, and that Slack receives nothing of the other workspace."""
    app = harness.app.workspace.app
    secrets = (CANARY_TEXT, app.bot_token, app.app_token, app.signing_secret)
    for file, text in harness.read_logs():
        assert not any(secret in text for secret in secrets), f"words in {file}"
    calls = [str(entry["args"]) for entry in harness.journal.entries_after(0) if entry["kind"] == "call"]
    assert [call for call in calls if OTHER_TEAM in call or "d-other" in call] == []


async def assert_other_workspace_unchanged(harness: FaultHarness) -> None:
    """Check that the other workspace's rows are unchanged."""
    async with harness.open_database() as database:
        now = await other_workspace.read_rows(database)
    assert [table for table, rows in now.items() if rows != harness.other_workspace_rows[table]] == []
