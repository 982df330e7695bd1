"""Who took part, as owners read it: in numbers, of five or more, and without a name."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.state import Draft, Question, Status, Step
from bot.services import Who
from bot.workflows.erasing import erase
from db.drafts import add_draft, save_draft
from tests.e2e.inviting import runs_programme, starts
from tests.e2e.people import Person
from tests.e2e.stage import Stage

BUILDERS = ("MAYA", "IVAN", "YUSUF", "CHEN", "ANIKA", "DIEGO", "LAYLA", "SEAN")


async def have_written(stage: Stage, names: tuple[str, ...], text: str) -> None:
    """These people have finished a story with this text."""
    assert stage.bot is not None
    services = stage.bot.services
    now = services.clock.now()
    async with services.transaction() as session:
        for name in names:
            draft = Draft(f"d-{name}", Question(Step.DONE), Status.OPEN, 1, "en", edited=text)
            await add_draft(session, services.team, f"U0{name}", draft, at=now)
            done = replace(draft, version=2, status=Status.FINISHED)
            await save_draft(session, services.team, f"U0{name}", done, at=now)


async def reads(owner: Person) -> None:
    """The numbers, from Home."""
    await owner.opens_home()
    await owner.sees("Who took part", where="home")
    await owner.clicks("Who took part", where="home")
    await owner.sees("In numbers, for nobody is told who did not.", where="modal")


async def test_numbers_are_told_from_five_on_and_invited_stays_when_somebody_erases_all(stage: Stage) -> None:
    # Given a wave to everybody, of whom four have finished
    lina = await runs_programme(stage)
    await starts(stage, lina, whom=["tech", "gtm"])
    await have_written(stage, BUILDERS[:4], "I mend radios. They sing again.")
    # Then that is too few to say
    await reads(lina)
    await lina.sees("17 people invited", where="modal")
    await lina.sees("finished: too few to say, or nearly all", where="modal")
    await lina.has_not_seen("finished (", where="modal")
    await lina.closes()
    # When enough of one segment have, then all are told of, and no segment, for that would tell of the other
    await have_written(stage, BUILDERS[4:], "I mend radios. They sing again.")
    await reads(lina)
    await lina.sees("8 finished (", where="modal")
    await lina.closes()
    # When one of them erases everything, then as many were invited as before
    assert stage.bot is not None
    await erase(stage.bot.services, Who(stage.bot.services.team, "U0SEAN"))
    await reads(lina)
    await lina.sees("17 people invited", where="modal")
    await lina.sees("7 finished (", where="modal")


async def test_people_chosen_by_name_count_among_the_invited(stage: Stage) -> None:
    lina = await runs_programme(stage)
    await starts(stage, lina, chosen=["U0MAYA", "U0SALMA"])

    await reads(lina)

    await lina.sees("one person invited", where="modal")
    await lina.sees("17 people invited", where="modal")
    await lina.sees("18 people invited", where="modal")


async def test_one_sentence_is_no_story(stage: Stage) -> None:
    lina = await runs_programme(stage)
    await starts(stage, lina)
    await have_written(stage, BUILDERS, "I mend radios.")

    await reads(lina)

    await lina.sees("finished: too few to say, or nearly all", where="modal")


async def test_those_invited_by_name_are_counted_like_everybody(stage: Stage) -> None:
    lina = await runs_programme(stage)
    await starts(stage, lina, whom=[], chosen=[f"U0{name}" for name in BUILDERS])

    await reads(lina)

    await lina.sees("8 people invited", where="modal")
