"""Guards that a dialogue or a unit test watches: each mutation by name, and the test that has to notice it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.faults import mutations_of_files, mutations_of_lists, mutations_of_rights

WITHOUT = "HAKAWATI_WITHOUT"
"""The environment variable that names the mutation for one run of pytest: `tests/conftest.py` applies it."""
JOINED: tuple[tuple[Mapping[str, Callable[[], None]], Mapping[str, str]], ...] = (
    (mutations_of_rights.MUTATIONS, mutations_of_rights.NOTICED_BY),
    (mutations_of_lists.MUTATIONS, mutations_of_lists.NOTICED_BY),
    (mutations_of_files.MUTATIONS, mutations_of_files.NOTICED_BY),
)
"""One line for each module of mutations: what takes the guard away, and the node id of the test that notices."""
MUTATIONS_OF_DIALOGUES = {name: apply for mutations, _ in JOINED for name, apply in mutations.items()}
NOTICED_BY_TEST = {name: node for _, noticed in JOINED for name, node in noticed.items()}
