"""Guards that a dialogue or a unit test watches: each mutation by name, and the test that has to notice it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.faults.mutations_of_rights import MUTATIONS_OF_RIGHTS, NOTICED_OF_RIGHTS

WITHOUT = "HAKAWATI_WITHOUT"
"""The environment variable that names the mutation for one run of pytest: `tests/conftest.py` applies it."""
JOINED: tuple[tuple[Mapping[str, Callable[[], None]], Mapping[str, str]], ...] = (
    (MUTATIONS_OF_RIGHTS, NOTICED_OF_RIGHTS),
)
"""One line for each module of mutations: what takes the guard away, and the node id of the test that notices."""
MUTATIONS_OF_DIALOGUES = {name: apply for mutations, _ in JOINED for name, apply in mutations.items()}
NOTICED_BY_TEST = {name: node for _, noticed in JOINED for name, node in noticed.items()}
