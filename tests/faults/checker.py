"""What must hold after every case: nothing twice, nothing after a stop, everything ended and explained."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from db.models.notices import Notice
from db.outbox_tables import attempts, outbox
from db.tables import people
from tests.faults.harness import Company, has_ended, key_of


async def check(company: Company, *, lost: int = 0) -> None:
    """Hold the journal against the outbox. At most so many may have been lost, visibly."""
    notices = await company.notices()
    nothing_twice(company, notices)
    everything_ended(company, notices)
    await nothing_after_a_stop(company)
    unknown = [one for one in notices if one.state == "unknown"]
    assert len(unknown) <= lost, [(one.key, one.reason) for one in unknown]


def nothing_twice(company: Company, notices: tuple[Notice, ...]) -> None:
    """No key, and no fact, stands in Slack twice."""
    facts = {one.key: (one.kind, one.recipient, one.occurrence) for one in notices}
    keys = [key_of(post) for post in company.posts() if key_of(post) in facts]
    twice = [key for key, times in Counter(keys).items() if times > 1]
    assert twice == [], f"said twice: {[facts[key] for key in twice]}"
    assert all(times == 1 for times in Counter(facts[key] for key in keys).values())


def everything_ended(company: Company, notices: tuple[Notice, ...]) -> None:
    """Whatever was planned has ended, with a reason unless it was sent; what was sent stands in Slack."""
    standing = {key_of(post): post["response"]["ts"] for post in company.posts()}
    assert [one.state for one in notices if not has_ended(one)] == []
    for one in notices:
        if one.state == "sent":
            assert standing.get(one.key) == one.ts
        else:
            assert one.reason, f"{one.state} without a reason"
            assert one.key not in standing, f"{one.state} ({one.reason}), but it stands in Slack"


async def nothing_after_a_stop(company: Company) -> None:
    """Nothing was claimed after a stop, and nothing accepted after its confirmation."""
    late = (
        select(outbox.c.key)
        .join(attempts, attempts.c.outbox_id == outbox.c.id)
        .join(people, (people.c.user_id == outbox.c.user_id) & (people.c.team_id == outbox.c.team_id))
        .where(attempts.c.started_at > people.c.stopped_at, outbox.c.kind != "stopped")
    )
    async with company.database() as database, database.reading() as session:
        assert (await session.execute(late)).all() == [], "claimed after a stop"
    confirmed: set[str] = set()
    for entry in company.posts():
        if "Done." in entry["args"].get("text", ""):
            confirmed.add(entry["response"]["channel"])
        elif entry["response"]["channel"] in confirmed:
            raise AssertionError("something arrived after the stop had been confirmed")
