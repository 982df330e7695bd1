"""Two worlds that differ in what one person does: whatever owners do and wherever they look, they read the same."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.rules.people_csv import Entry
from db.engine.database import Database
from tests.workflows.acts import ACTS
from tests.workflows.worlds import COLLEAGUES, OWNER, World, difference

SHE = "U0MAYA"
LEAGUE = tuple(user for user in COLLEAGUES if user not in (OWNER, SHE))
WHO_MAY_STOP = LEAGUE[:3]
"""Three of the others at most: with five stops everything pauses, whoever they were."""


@dataclass(frozen=True)
class Hers:
    """What she does in one world, and what in the other."""

    one: str
    other: str


@dataclass(frozen=True)
class Theirs:
    """What somebody else does, in both."""

    user: str
    act: str


@dataclass(frozen=True)
class Days:
    """Some days go by."""

    days: int


@dataclass(frozen=True)
class Invites:
    """The owner keeps an invitation, and starts it or not."""

    wish: dict[str, Any]
    starts: bool


@dataclass(frozen=True)
class GivesList:
    """The owner gives an employee list."""

    lines: tuple[Entry, ...]


@dataclass(frozen=True)
class TakesOff:
    """The owner takes people off the latest invitation."""

    users: tuple[str, ...]


@dataclass(frozen=True)
class PutsInCharge:
    """The owner says who the HR partners are."""

    users: tuple[str, ...]


@dataclass(frozen=True)
class Looks:
    """The owner opens everything there is."""


Scene = Hers | Theirs | Days | Invites | GivesList | TakesOff | PutsInCharge | Looks
some = st.lists(st.sampled_from(COLLEAGUES[1:]), unique=True, max_size=6).map(tuple)
entries = st.builds(
    Entry,
    line=st.just(2),
    address=st.sampled_from(COLLEAGUES[1:]),
    segment=st.sampled_from([None, "tech", "gtm", "neither"]),
    team=st.sampled_from([None, "Routes", "Sales"]),
    executive=st.sampled_from([None, True, False]),
)
wishes = st.fixed_dictionaries(
    {},
    optional={
        "segments": st.lists(st.sampled_from(["tech", "gtm"]), unique=True, min_size=1),
        "teams": st.just(["Routes"]),
        "executives": st.just(True),
        "chosen": some,
        "chosen_out": some,
        "greeting": st.just("Mine took a quarter of an hour."),
    },
)
acts = st.sampled_from(sorted(ACTS))
others = st.one_of(
    st.builds(Theirs, st.sampled_from(LEAGUE), st.sampled_from(sorted(ACTS.keys() - {"stops"}))),
    st.builds(Theirs, st.sampled_from(WHO_MAY_STOP), st.just("stops")),
)
scenes: st.SearchStrategy[Scene] = st.one_of(
    st.builds(Hers, acts, acts),
    st.builds(Hers, acts, acts),
    others,
    st.builds(Days, st.integers(1, 4)),
    st.builds(Invites, wishes, st.booleans()),
    st.builds(GivesList, st.lists(entries, min_size=1, max_size=8).map(tuple)),
    st.builds(TakesOff, some),
    st.builds(PutsInCharge, some),
    st.just(Looks()),
)
EVERYBODY = GivesList(tuple(Entry(n + 2, user, ("tech", "gtm")[n % 2]) for n, user in enumerate(COLLEAGUES)))
ALL = {"segments": ["tech", "gtm"]}


class Open(Protocol):
    """Makes two worlds that are alike."""

    async def __call__(self, *, reads_slack: bool = True) -> tuple[World, World]:
        """Return them, each on an empty database, after everybody was read from Slack or before."""
        ...


@pytest.fixture
async def two_worlds(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Open]:
    """Makes two worlds, and closes them after the test."""
    number = count()
    async with AsyncExitStack() as parts:

        async def opened(*, reads_slack: bool) -> World:
            file = tmp_path / f"{next(number)}.db"
            shutil.copyfile(sqlite_template, file)
            database = await parts.enter_async_context(_closing(f"sqlite+aiosqlite:///{file}"))
            return await World.begins(database, reads_slack=reads_slack)

        async def both(*, reads_slack: bool = True) -> tuple[World, World]:
            return await opened(reads_slack=reads_slack), await opened(reads_slack=reads_slack)

        yield both


@asynccontextmanager
async def _closing(url: str) -> AsyncIterator[Database]:
    database = await Database.open(url)
    try:
        yield database
    finally:
        await database.close()


async def plays(world: World, scene: Scene, act: str, name: str) -> None:
    """Let a scene happen in a world, a minute after the last one; `act` is hers."""
    world.clock.move(world.clock.now() + timedelta(minutes=1))
    match scene:
        case Hers():
            await world.does(SHE, act)
        case Theirs(user, theirs):
            await world.does(user, theirs)
        case Days(days):
            await world.days_go_by(days)
        case Invites(wish, starts):
            await world.invites(name, wish, starts=starts)
        case GivesList(lines):
            await world.gives_a_list(lines)
        case TakesOff(users):
            await world.takes_off(users)
        case PutsInCharge(users):
            await world.puts_in_charge(users)
        case Looks():
            pass


async def both_read_the_same(worlds: tuple[World, World], script: list[Scene]) -> None:
    """Play this in both worlds; wherever the owner looks, and at the end, they read the same in both."""
    for n, scene in enumerate([*script, Looks()]):
        pair = (scene.one, scene.other) if isinstance(scene, Hers) else ("", "")
        for world, act in zip(worlds, pair, strict=True):
            await plays(world, scene, act, f"Invitation {n}")
        if isinstance(scene, Looks):
            one, other = [await world.looks() for world in worlds]
            assert one == other, (difference(one, other), difference(other, one))


@pytest.mark.parametrize("act", sorted(ACTS))
async def test_nothing_that_one_person_does_is_read_by_owners(two_worlds: Open, act: str) -> None:
    """Before any list, around a list, before an invitation, while it is open, and after a look in between."""
    hers = Hers(act, "nothing")
    erased = Hers("erases", "nothing") if act in ("talks", "begins") else hers
    await both_read_the_same(
        await two_worlds(),
        [
            *(hers, Invites(ALL, False), Looks()),
            *(EVERYBODY, Invites({"chosen": (SHE, *LEAGUE[:5])}, True), Looks()),
            *(hers, Days(2), Looks(), Invites(ALL, True), erased, Days(1)),
            *(PutsInCharge((SHE, LEAGUE[0])), TakesOff((SHE,)), EVERYBODY, Looks(), hers, Days(8)),
        ],
    )


async def test_lists_do_not_tell_who_wrote_before_slack_was_read(two_worlds: Open) -> None:
    """Somebody known from a conversation alone is in no list, as if they weren't known."""
    script: list[Scene] = [
        *(Hers("talks", "nothing"), Invites({"chosen": (SHE,), "segments": ["tech"]}, False), Looks()),
        *(PutsInCharge((LEAGUE[0],)), Looks()),
    ]
    await both_read_the_same(await two_worlds(reads_slack=False), script)


async def test_invitations_of_one_day_are_in_the_same_order_in_both(two_worlds: Open) -> None:
    script: list[Scene] = [EVERYBODY, *(Invites({}, True) for _ in range(5)), Days(1)]
    await both_read_the_same(await two_worlds(), script)


@given(st.lists(scenes, min_size=4, max_size=14))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
async def test_owners_read_the_same_in_two_worlds_that_differ_in_what_one_person_does(
    two_worlds: Open, script: list[Scene]
) -> None:
    await both_read_the_same(await two_worlds(), [EVERYBODY, *script])


@pytest.mark.long
@given(st.lists(scenes, min_size=4, max_size=30))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
async def test_owners_read_the_same_in_many_worlds_that_differ_in_what_one_person_does(
    two_worlds: Open, script: list[Scene]
) -> None:
    await both_read_the_same(await two_worlds(), script)


async def test_owners_do_read_something(two_worlds: Open) -> None:
    """The readings that are held against each other are not empty, and hide nothing but figures."""
    world, _ = await two_worlds()
    for scene in (EVERYBODY, Invites(ALL, True), Days(2)):
        await plays(world, scene, "", "Spring")

    read = await world.looks()

    for words in (
        "Maya Person",
        "Dry run: Spring",
        "Who took part",
        "What went out",
        "What was changed",
        "people counted here",
        "Company and segments",
        "People in charge",
        "(figure)",
    ):
        assert words in read
