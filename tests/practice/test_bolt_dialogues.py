"""Whole gestures between a person and a real Bolt app, over HTTP and over Socket Mode."""

from tests.e2e.people import Person
from tests.practice.reference_bot import ReferenceBot


async def test_bot_answers_and_redraws_its_message_when_its_button_is_pressed(
    bot: ReferenceBot, maya: Person
) -> None:
    await maya.says("hi")
    await maya.sees("Begin?")

    await maya.clicks("Begin")

    await maya.sees("Begun.")
    click = bot.heard_of("block_actions")[0]
    assert click["container"]["type"] == "message"
    assert click["actions"][0]["value"] == "7"
    assert click["message"]["text"] == "Hello. Begin?"
    assert click["response_url"].startswith(bot.workspace.url)


async def test_modal_takes_words_and_closes_when_the_app_acks_with_nothing(
    bot: ReferenceBot, maya: Person
) -> None:
    await maya.says("hi")
    await maya.sees("Begin?")
    await maya.clicks("Open")
    await maya.sees("Your story")

    await maya.submits({"Your story": "Once"})

    assert await maya.modal() is None
    view = bot.heard_of("view_submission")[0]["view"]
    assert view["state"]["values"]["story"]["value"]["value"] == "Once"
    assert view["private_metadata"] == "m"


async def test_home_appears_when_it_is_opened(bot: ReferenceBot, maya: Person) -> None:
    await maya.opens_home()

    await maya.sees("Your home", where="home")
    await maya.clicks("From home", where="home")
    assert "message" not in bot.heard_of("block_actions")[0]
