"""The shape of the code: pure packages stay pure, each resource has one entry point, and files stay small."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OWN_PACKAGES = ("bot", "db", "practice", "bench")
PURE = ("text", "conversation", "coaching", "rules", "views")
"""The packages of bot that only compute: no waiting, no clock."""
VAGUE = {"utils", "util", "helpers", "common", "manager", "base", "misc"}
LINES, FUNCTION_LINES, PARAMETERS = 300, 40, 4
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(file: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(file.read_text("utf-8"), str(file))


def python_files(*packages: str) -> list[Path]:
    """Return every Python file of these packages."""
    found = [file for package in packages for file in (ROOT / package).rglob("*.py")]
    return sorted(found)


def location_of(file: Path, node: ast.AST | None = None) -> str:
    """Return the file and line of a node, to click on."""
    return f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def functions_in(file: Path) -> Iterator[Function]:
    """Yield every function of a file."""
    return (node for node in ast.walk(tree(file)) if isinstance(node, Function))


def count_positional(function: Function) -> int:
    """Return the number of positional parameters, without self or cls."""
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def count_lines(function: Function) -> int:
    """Return the number of lines of a function, without its decorators."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def is_clock_call(node: ast.AST) -> bool:
    """Return whether a node reads one of Python's own clocks."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    owner = node.func.value
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return name in ("datetime", "date", "time") and node.func.attr in CLOCKS


def is_environment_access(node: ast.AST) -> bool:
    """Return whether a node reads the environment of the process."""
    return isinstance(node, ast.Attribute) and node.attr in ("environ", "environb", "getenv")


def format_offenders(found: Iterable[object]) -> str:
    """Return the offenders, one a line."""
    pairs = found.items() if isinstance(found, Mapping) else found
    return "\n".join(map(str, pairs))


def find_offenders(files: list[Path], offends: Callable[[ast.AST], bool]) -> list[str]:
    """Return the location of every node that offends."""
    return [location_of(file, node) for file in files for node in ast.walk(tree(file)) if offends(node)]


def test_pure_packages_neither_wait_nor_ask_the_time() -> None:
    files = python_files(*(f"bot/{package}" for package in PURE))

    def offends(node: ast.AST) -> bool:
        waits = isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith)
        asks = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "now"
        return waits or asks or is_clock_call(node)

    assert find_offenders(files, offends) == []


@pytest.mark.parametrize("package", PURE)
def test_every_pure_package_has_code(package: str) -> None:
    assert python_files(f"bot/{package}")


def public_types(file: Path) -> Iterator[tuple[str, ast.stmt]]:
    """Yield the public classes and type aliases that a file defines; type variables are its own affair."""
    for node in tree(file).body:
        match node:
            case ast.Assign(value=ast.Call(func=ast.Name(id="TypeVar"))):
                continue
            case ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name, node
            case ast.Assign(targets=targets):
                yield from ((target.id, node) for target in targets if isinstance(target, ast.Name))


def test_no_public_type_name_is_defined_twice() -> None:
    places: dict[str, list[str]] = {}
    for file in python_files("bot", "db"):
        for name, node in public_types(file):
            if re.fullmatch(r"[A-Z]+[a-z]\w*", name):
                places.setdefault(name, []).append(location_of(file, node))

    twice = [f"{name}: {', '.join(found)}" for name, found in sorted(places.items()) if len(found) > 1]
    assert not twice, format_offenders(twice)


def test_only_the_clock_asks_the_time() -> None:
    files = [file for file in python_files("bot", "db") if file != ROOT / "bot" / "clock.py"]

    assert find_offenders(files, is_clock_call) == []


def test_only_the_settings_read_the_environment() -> None:
    files = [file for file in python_files("bot", "db", "practice") if file != ROOT / "bot" / "settings.py"]

    assert find_offenders(files, is_environment_access) == []


def imported_modules(file: Path) -> set[str]:
    """Return the last part of the name of every module that a file imports, wherever it does so."""
    found = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name.rpartition(".")[2] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {(node.module or "").rpartition(".")[2], *(alias.name for alias in node.names)}
    return found


def test_no_module_imports_a_test_module() -> None:
    test_modules = {file.stem for file in python_files("tests") if file.stem.startswith("test_")}
    importers = [
        f"{location_of(file)} imports {', '.join(sorted(found))}"
        for file in python_files(*OWN_PACKAGES, "tests")
        if (found := imported_modules(file) & test_modules)
    ]

    assert not importers, format_offenders(importers)


def test_every_file_is_short() -> None:
    sizes = {
        location_of(file): len(file.read_text("utf-8").splitlines())
        for file in python_files(*OWN_PACKAGES, "tests")
    }

    long = {file: lines for file, lines in sizes.items() if lines >= LINES}
    assert not long, format_offenders(long)


def test_every_function_is_short() -> None:
    long = {
        f"{location_of(file, function)} {function.name}": count_lines(function)
        for file in python_files(*OWN_PACKAGES)
        for function in functions_in(file)
        if count_lines(function) >= FUNCTION_LINES
    }

    assert not long, format_offenders(long)


def test_no_function_takes_many_positional_parameters() -> None:
    many = {
        f"{location_of(file, function)} {function.name}": count_positional(function)
        for file in python_files(*OWN_PACKAGES)
        for function in functions_in(file)
        if count_positional(function) > PARAMETERS
    }

    assert not many, format_offenders(many)


def test_every_module_says_in_one_sentence_what_it_is_for() -> None:
    first_lines = {
        location_of(file): (ast.get_docstring(tree(file)) or "").splitlines()[:1]
        for file in python_files(*OWN_PACKAGES, "tests")
        if file.read_text("utf-8").strip()
    }

    assert [file for file, lines in first_lines.items() if not lines or not lines[0].endswith(".")] == []


def test_every_public_function_and_class_is_explained() -> None:
    silent = []
    for file in python_files(*OWN_PACKAGES):
        classes = [node for node in tree(file).body if isinstance(node, ast.ClassDef)]
        owners: list[ast.Module | ast.ClassDef] = [tree(file), *classes]
        for owner in owners:
            silent += [
                f"{location_of(file, node)} {node.name}"
                for node in owner.body
                if isinstance(node, Function | ast.ClassDef)
                and not node.name.startswith("_")
                and not getattr(owner, "name", "").startswith("_")
                and ast.get_docstring(node) is None
                and not any("overload" in ast.dump(decorator) for decorator in node.decorator_list)
            ]

    assert not silent, format_offenders(silent)


def test_no_file_has_a_vague_name() -> None:
    named = [
        file for file in python_files(*OWN_PACKAGES) if {file.stem, *file.relative_to(ROOT).parts} & VAGUE
    ]

    assert not named, format_offenders(named)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("datetime.now(UTC)", True),
        ("datetime.datetime.utcnow()", True),
        ("time.time()", True),
        ("clock.now()", False),
        ("self.time()", False),
    ],
)
def test_a_clock_is_recognised_when_it_is_asked(code: str, found: bool) -> None:
    assert any(map(is_clock_call, ast.walk(ast.parse(code)))) is found


@pytest.mark.parametrize(
    ("code", "count"),
    [("def f(a, b, /, c, *d, e, f): ...", 3), ("def f(self, a, *, b): ...", 1), ("def f(): ...", 0)],
)
def test_parameters_are_counted_when_they_can_be_given_by_place(code: str, count: int) -> None:
    (function,) = ast.parse(code).body

    assert isinstance(function, ast.FunctionDef)
    assert count_positional(function) == count


def test_no_file_names_a_package_index_or_a_place_on_one_machine() -> None:
    hosts = (
        "pypi" + ".org",
        "pythonhosted" + ".org",
        "index" + "-url",
        "npmjs" + ".org",
        "jsdelivr" + ".net",
    )
    homes = re.compile("/(?:root|work|home)" + r"/[a-z.]")
    texts = {
        ".py",
        ".toml",
        ".txt",
        ".md",
        ".yml",
        ".yaml",
        ".json",
        ".html",
        ".css",
        ".js",
        ".ftl",
        ".cfg",
        "",
    }
    hidden = re.compile(r"^\.(?!ci)|\.egg-info$|^__pycache__$|^build$|^dist$")
    named = []
    for file in sorted(ROOT.rglob("*")):
        parts = file.relative_to(ROOT).parts
        if file.is_dir() or file.suffix not in texts or any(hidden.search(part) for part in parts):
            continue
        text = file.read_text("utf-8", errors="replace")
        named += [location_of(file) for host in hosts if host in text and "--no-emit-" + host not in text]
        named += [f"{location_of(file)} {found[0]}" for found in homes.finditer(text)]

    assert not named, format_offenders(named)
