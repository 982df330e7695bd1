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

from bot.rules.people_csv import PeopleListEntry
from db.engine.database import Database
from tests.workflows.person_actions import ACTIONS_BY_NAME
from tests.workflows.simulated_company import COLLEAGUES, OWNER, SimulatedCompany, lines_only_in_first

SUBJECT_USER = "U0MAYA"
OTHER_USERS = tuple(user for user in COLLEAGUES if user not in (OWNER, SUBJECT_USER))
WHO_MAY_STOP = OTHER_USERS[:3]
"""Three of the others at most: with five opt-outs everything halts, no matter whose they are."""


@dataclass(frozen=True)
class SubjectActs:
    """The subject's actions in the one world and in the other."""

    one: str
    other: str


@dataclass(frozen=True)
class ColleagueActs:
    """An action of somebody else, in both worlds."""

    user: str
    act: str


@dataclass(frozen=True)
class DaysPass:
    """Some days go by."""

    days: int


@dataclass(frozen=True)
class OwnerInvites:
    """The owner keeps an invitation, and starts it or not."""

    wish: dict[str, Any]
    starts: bool


@dataclass(frozen=True)
class OwnerUploadsList:
    """The owner gives an employee list."""

    lines: tuple[PeopleListEntry, ...]


@dataclass(frozen=True)
class OwnerTakesPeopleOff:
    """The owner takes people off the latest invitation."""

    users: tuple[str, ...]


@dataclass(frozen=True)
class OwnerSetsPartners:
    """The owner says who the HR partners are."""

    users: tuple[str, ...]


@dataclass(frozen=True)
class OwnerLooks:
    """The owner opens everything there is."""


ScriptEvent = (
    SubjectActs
    | ColleagueActs
    | DaysPass
    | OwnerInvites
    | OwnerUploadsList
    | OwnerTakesPeopleOff
    | OwnerSetsPartners
    | OwnerLooks
)
some = st.lists(st.sampled_from(COLLEAGUES[1:]), unique=True, max_size=6).map(tuple)
entries = st.builds(
    PeopleListEntry,
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
acts = st.sampled_from(sorted(ACTIONS_BY_NAME))
others = st.one_of(
    st.builds(
        ColleagueActs,
        st.sampled_from(OTHER_USERS),
        st.sampled_from(sorted(ACTIONS_BY_NAME.keys() - {"stops"})),
    ),
    st.builds(ColleagueActs, st.sampled_from(WHO_MAY_STOP), st.just("stops")),
)
scenes: st.SearchStrategy[ScriptEvent] = st.one_of(
    st.builds(SubjectActs, acts, acts),
    st.builds(SubjectActs, acts, acts),
    others,
    st.builds(DaysPass, st.integers(1, 4)),
    st.builds(OwnerInvites, wishes, st.booleans()),
    st.builds(OwnerUploadsList, st.lists(entries, min_size=1, max_size=8).map(tuple)),
    st.builds(OwnerTakesPeopleOff, some),
    st.builds(OwnerSetsPartners, some),
    st.just(OwnerLooks()),
)
UPLOAD_EVERYBODY = OwnerUploadsList(
    tuple(PeopleListEntry(n + 2, user, ("tech", "gtm")[n % 2]) for n, user in enumerate(COLLEAGUES))
)
ALL = {"segments": ["tech", "gtm"]}


class OpenTwoWorlds(Protocol):
    """Makes two worlds that are alike."""

    async def __call__(self, *, reads_slack: bool = True) -> tuple[SimulatedCompany, SimulatedCompany]:
        """Return them, each on an empty database, after everybody was read from Slack or before."""
        ...


@pytest.fixture
async def two_worlds(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[OpenTwoWorlds]:
    """Two-world factory, closed after the test."""
    number = count()
    async with AsyncExitStack() as parts:

        async def opened(*, reads_slack: bool) -> SimulatedCompany:
            file = tmp_path / f"{next(number)}.db"
            shutil.copyfile(sqlite_template, file)
            database = await parts.enter_async_context(_open_database(f"sqlite+aiosqlite:///{file}"))
            return await SimulatedCompany.create(database, reads_slack=reads_slack)

        async def both(*, reads_slack: bool = True) -> tuple[SimulatedCompany, SimulatedCompany]:
            return await opened(reads_slack=reads_slack), await opened(reads_slack=reads_slack)

        yield both


@asynccontextmanager
async def _open_database(url: str) -> AsyncIterator[Database]:
    database = await Database.open(url)
    try:
        yield database
    finally:
        await database.close()


async def play_event(world: SimulatedCompany, scene: ScriptEvent, act: str, name: str) -> None:
    """Play a scene in a world, a minute after the last one; `act` is the subject's."""
    world.clock.move(world.clock.now() + timedelta(minutes=1))
    match scene:
        case SubjectActs():
            await world.perform(SUBJECT_USER, act)
        case ColleagueActs(user, action):
            await world.perform(user, action)
        case DaysPass(days):
            await world.advance_days(days)
        case OwnerInvites(wish, starts):
            await world.save_wave(name, wish, starts=starts)
        case OwnerUploadsList(lines):
            await world.upload_people_list(lines)
        case OwnerTakesPeopleOff(users):
            await world.take_people_off(users)
        case OwnerSetsPartners(users):
            await world.set_people_partners(users)
        case OwnerLooks():
            pass


async def assert_same_readings(
    worlds: tuple[SimulatedCompany, SimulatedCompany], script: list[ScriptEvent]
) -> None:
    """Play this in both worlds; wherever the owner looks, and at the end, they read the same in both."""
    for n, scene in enumerate([*script, OwnerLooks()]):
        pair = (scene.one, scene.other) if isinstance(scene, SubjectActs) else ("", "")
        for world, act in zip(worlds, pair, strict=True):
            await play_event(world, scene, act, f"Invitation {n}")
        if isinstance(scene, OwnerLooks):
            one, other = [await world.read_owner_screens() for world in worlds]
            assert one == other, (lines_only_in_first(one, other), lines_only_in_first(other, one))


@pytest.mark.parametrize("act", sorted(ACTIONS_BY_NAME))
async def test_nothing_that_one_person_does_is_read_by_owners(two_worlds: OpenTwoWorlds, act: str) -> None:
    """Before any list, around a list, before an invitation, while it is open, and after a look in between."""
    acts = SubjectActs(act, "nothing")
    erased = SubjectActs("erases", "nothing") if act in ("talks", "begins") else acts
    await assert_same_readings(
        await two_worlds(),
        [
            *(acts, OwnerInvites(ALL, False), OwnerLooks()),
            *(
                UPLOAD_EVERYBODY,
                OwnerInvites({"chosen": (SUBJECT_USER, *OTHER_USERS[:5])}, True),
                OwnerLooks(),
            ),
            *(acts, DaysPass(2), OwnerLooks(), OwnerInvites(ALL, True), erased, DaysPass(1)),
            *(
                OwnerSetsPartners((SUBJECT_USER, OTHER_USERS[0])),
                OwnerTakesPeopleOff((SUBJECT_USER,)),
                UPLOAD_EVERYBODY,
                OwnerLooks(),
                acts,
                DaysPass(8),
            ),
        ],
    )


async def test_lists_do_not_tell_who_wrote_before_slack_was_read(two_worlds: OpenTwoWorlds) -> None:
    """Somebody known from a conversation alone is in no list, as if they weren't known."""
    script: list[ScriptEvent] = [
        *(
            SubjectActs("talks", "nothing"),
            OwnerInvites({"chosen": (SUBJECT_USER,), "segments": ["tech"]}, False),
            OwnerLooks(),
        ),
        *(OwnerSetsPartners((OTHER_USERS[0],)), OwnerLooks()),
    ]
    await assert_same_readings(await two_worlds(reads_slack=False), script)


async def test_invitations_of_one_day_are_in_the_same_order_in_both(two_worlds: OpenTwoWorlds) -> None:
    script: list[ScriptEvent] = [UPLOAD_EVERYBODY, *(OwnerInvites({}, True) for _ in range(5)), DaysPass(1)]
    await assert_same_readings(await two_worlds(), script)


@given(st.lists(scenes, min_size=4, max_size=14))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
async def test_owners_read_the_same_in_two_worlds_that_differ_in_what_one_person_does(
    two_worlds: OpenTwoWorlds, script: list[ScriptEvent]
) -> None:
    await assert_same_readings(await two_worlds(), [UPLOAD_EVERYBODY, *script])


@pytest.mark.long
@given(st.lists(scenes, min_size=4, max_size=30))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
async def test_owners_read_the_same_in_many_worlds_that_differ_in_what_one_person_does(
    two_worlds: OpenTwoWorlds, script: list[ScriptEvent]
) -> None:
    await assert_same_readings(await two_worlds(), script)


async def test_owners_do_read_something(two_worlds: OpenTwoWorlds) -> None:
    """The readings that are held against each other are not empty, and hide nothing but figures."""
    world, _ = await two_worlds()
    for scene in (UPLOAD_EVERYBODY, OwnerInvites(ALL, True), DaysPass(2)):
        await play_event(world, scene, "", "Spring")

    read = await world.read_owner_screens()

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
