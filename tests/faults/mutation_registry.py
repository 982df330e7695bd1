"""The registry of mutations: each by its name, with the test that must notice it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.faults import mutations_of_files, mutations_of_lists, mutations_of_rights

MUTATION_VARIABLE = "HAKAWATI_WITHOUT"
"""The environment variable that names the mutation for one run of pytest: `tests/conftest.py` applies it."""
MUTATION_MODULES: tuple[tuple[Mapping[str, Callable[[], None]], Mapping[str, str]], ...] = (
    (mutations_of_rights.MUTATIONS, mutations_of_rights.NOTICED_BY),
    (mutations_of_lists.MUTATIONS, mutations_of_lists.NOTICED_BY),
    (mutations_of_files.MUTATIONS, mutations_of_files.NOTICED_BY),
)
"""For each module of mutations: the functions that remove a guard, and the node ids of the tests that notice."""
MUTATIONS_BY_NAME = {name: apply for mutations, _ in MUTATION_MODULES for name, apply in mutations.items()}
TEST_BY_MUTATION = {name: node for _, noticed in MUTATION_MODULES for name, node in noticed.items()}
