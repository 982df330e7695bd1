"""Notes: the checks of each stage, and the few notes that are shown."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.coaching.balance import check_balance
from bot.coaching.contexts import CoachingContext
from bot.coaching.corporate import check_corporate_speak
from bot.coaching.employer import check_employer_named
from bot.coaching.extent import check_text_and_headline_length
from bot.coaching.gaps import check_gaps
from bot.coaching.hook import check_hook
from bot.coaching.personal import check_personal_touch
from bot.coaching.rhythm import check_sentences_and_readability
from bot.coaching.risk import check_risks
from bot.coaching.sameness import check_sameness
from bot.coaching.types import CoachingCheck, CoachingNote, CoachingStage
from bot.coaching.voice import check_voice

MAX_NOTES = 3

CheckFunction = Callable[[str, CoachingContext], CoachingNote | None]

_CHECKS_BY_STAGE: Mapping[CoachingStage, tuple[CheckFunction, ...]] = MappingProxyType(
    {
        CoachingStage.BALANCE: (check_balance,),
        CoachingStage.DRAFT: (
            check_personal_touch,
            check_hook,
            check_voice,
            check_corporate_speak,
            check_sentences_and_readability,
            check_sameness,
            check_text_and_headline_length,
        ),
        CoachingStage.TAKE: (check_gaps,),
        CoachingStage.SHARE: (check_employer_named,),
    }
)


def notes_for_stage(text: str, context: CoachingContext, stage: CoachingStage) -> tuple[CoachingNote, ...]:
    """Return at most three notes on a text, in the order of the checks, without those that the writer silenced."""
    silenced = {check.topic for check in CoachingCheck if check in context.silenced_checks}
    given = [note for note in _all_notes(text, context, stage) if note.topic not in silenced]
    return tuple(given[:MAX_NOTES])


def _all_notes(text: str, context: CoachingContext, stage: CoachingStage) -> tuple[CoachingNote, ...]:
    """Return all notes of a stage; the checks are already in the order of their numbers."""
    if stage is CoachingStage.LAST_LOOK:
        return check_risks(text, context)
    made = (checking(text, context) for checking in _CHECKS_BY_STAGE[stage])
    return tuple(note for note in made if note is not None)
