"""The same story in the other language, while another draft is in progress."""

from __future__ import annotations

import pytest

from db.models.drafts import Status
from tests.e2e import records
from tests.e2e.people import Person
from tests.e2e.shelves import OWN, Shelving, finished_draft
from tests.e2e.stage import Stage
from tests.e2e.writing import WARM_UP, begins


async def has_a_story(stage: Stage) -> None:
    """Maya has finished a story in English."""
    assert stage.bot is not None
    await Shelving(stage.bot.services).story(finished_draft(), OWN)


async def wants_it_in_arabic_too(maya: Person) -> None:
    """By the button on the Home tab."""
    await maya.opens_home()
    await maya.sees("Write it in Arabic too", where="home")
    await maya.clicks("Write it in Arabic too", where="home")


@pytest.mark.wide
async def test_story_is_begun_in_the_other_language_when_the_one_in_progress_is_put_aside(
    stage: Stage, maya: Person
) -> None:
    # Given a story in progress, and a finished one
    await begins(maya)
    await maya.says(WARM_UP)
    await maya.sees("How did you end up here?")
    await has_a_story(stage)
    # When the finished one is to be written in Arabic too, and the other one is put aside for it
    await wants_it_in_arabic_too(maya)
    asked = await maya.sees("You have a story in progress.")
    for _ in range(2):
        await maya.clicks("Put it aside, start another", in_message=asked)
    # Then it is begun, once, in Arabic, and the other one is kept
    await maya.sees("Pick whichever is easiest", after=asked)
    twin = (await records.current(stage, maya)).draft
    assert (twin.twin, twin.language) == ("d1", "ar")
    aside = [one.draft for one in await records.stories(stage, maya) if one.draft.status is Status.ASIDE]
    assert [one.answers["warm_up"].kind for one in aside] == ["written"]


async def test_story_is_begun_in_the_other_language_when_there_is_only_an_invitation(
    stage: Stage, maya: Person
) -> None:
    # Given a finished story, and an invitation that was put off
    await has_a_story(stage)
    await maya.uses_shortcut("story:start")
    await maya.sees("Shall we?")
    await maya.clicks("Later")
    # When the story is to be written in Arabic too
    latest = await maya.last_message()
    await wants_it_in_arabic_too(maya)
    # Then nothing stands in its way, and the invitation is gone
    await maya.sees("Pick whichever is easiest", after=latest)
    assert (await records.current(stage, maya)).draft.twin == "d1"
    assert len(await records.stories(stage, maya)) == 2


async def test_question_is_shown_again_when_the_other_language_is_asked_for_twice(
    stage: Stage, maya: Person
) -> None:
    # Given a story that is being written in the other language
    await has_a_story(stage)
    await wants_it_in_arabic_too(maya)
    await maya.sees("Pick whichever is easiest")
    # When the old button on the Home tab is pressed once more
    latest = await maya.last_message()
    await maya.clicks("Write it in Arabic too", where="home")
    # Then it goes on where it was
    await maya.sees("Pick whichever is easiest", after=latest)
    assert len(await records.stories(stage, maya)) == 2


async def test_nothing_is_put_aside_when_the_story_wanted_is_somebody_elses(
    stage: Stage, maya: Person, salma: Person
) -> None:
    # Given a finished story of Maya's, and a story of Salma's in progress
    await has_a_story(stage)
    await salma.says("hi")
    await salma.sees("هل نبدأ؟")
    await salma.clicks("لنبدأ")
    await salma.sees("ثلاثة أمور")
    mine = (await records.current(stage, salma)).draft
    await salma.uses_shortcut("story:start")
    asked = await salma.sees("هناك قصة لم تكتمل")
    # When Salma's button is made to name Maya's story
    await salma.clicks("نضعها جانباً ونبدأ أخرى", in_message=asked, value=f"{mine.id}~~~d1")
    # Then it is not found, and hers stays where it was
    await salma.sees("لم تعد تلك المسودة هنا.", after=asked)
    assert [one.draft for one in await records.stories(stage, salma)] == [mine]


async def test_paused_story_goes_on_when_it_is_begun_in_the_other_language_once_more(
    stage: Stage, maya: Person
) -> None:
    # Given a story begun in Arabic too, and paused
    await has_a_story(stage)
    await wants_it_in_arabic_too(maya)
    await maya.sees("Pick whichever is easiest")
    await maya.says("pause")
    paused = await maya.sees("Saved.")
    # When the same button is pressed again, and the question that comes is answered
    await wants_it_in_arabic_too(maya)
    await maya.sees("Pick whichever is easiest", after=paused)
    await maya.says("أصلح أجهزة الراديو القديمة.")
    # Then that was the answer, and nobody asks whether it was
    await stage.workspace.world.delivery.idle()
    await maya.has_not_seen("Was that your answer to this question?")
    assert await records.answer(stage, maya, "warm_up") == "أصلح أجهزة الراديو القديمة."
