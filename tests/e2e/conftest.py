"""Fixtures of the dialogues: signed HTTP on SQLite; a marked third also runs over Socket Mode and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from tests.e2e.app_under_test import AppUnderTest, open_workspace
from tests.e2e.slack_user import SlackUser
from tests.postgres import PostgresServer

VARIANTS = ("http-sqlite", "socket-sqlite", "http-postgresql", "socket-postgresql")
WIDE_VARIANTS = ("socket-sqlite", "http-postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrize each dialogue by transport and database; the pairs outside `make test` are marked long."""
    if "app" not in metafunc.fixturenames:
        return
    wide = metafunc.definition.get_closest_marker("wide") is not None
    quick = {"http-sqlite", *(WIDE_VARIANTS if wide else ())}
    variants = [
        pytest.param(variant, marks=() if variant in quick else pytest.mark.long) for variant in VARIANTS
    ]
    metafunc.parametrize("app", variants, indirect=True)


@pytest_asyncio.fixture
async def app(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path
) -> AsyncIterator[AppUnderTest]:
    """The app under test, with the bot running."""
    transport, _, kind = request.param.partition("-")
    async with AsyncExitStack() as parts:
        if kind == "postgresql":
            server: PostgresServer = request.getfixturevalue("postgres_server")
            url = await parts.enter_async_context(server.fresh_database())
        else:
            shutil.copyfile(sqlite_template, tmp_path / "hakawati.db")
            url = f"sqlite+aiosqlite:///{tmp_path / 'hakawati.db'}"
        made = AppUnderTest(await parts.enter_async_context(open_workspace()), url, transport)
        parts.push_async_callback(made.http_session.close)
        parts.push_async_callback(made.stop)
        await made.start()
        yield made


@pytest.fixture
def person(app: AppUnderTest) -> Callable[[str], SlackUser]:
    """A factory for the people of the company."""
    return app.person


@pytest.fixture
def maya(app: AppUnderTest) -> SlackUser:
    """Maya Okafor, who builds the product in Berlin."""
    return app.person("U0MAYA")


@pytest.fixture
def salma(app: AppUnderTest) -> SlackUser:
    """Salma Al-Harbi, who works with customers in Riyadh, in Arabic."""
    return app.person("U0SALMA")
