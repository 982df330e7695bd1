"""The English of the code: docstrings, comments, names and pages avoid turns that nobody says aloud."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "db", "practice", "bench", "tests")
TURNS = (
    "whoever",
    "whom",
    "whomever",
    "unasked",
    "so many",
    "how many-",
    r"\w*manieth",
    "stands there",
    "it stands",
    "lies there",
    "what is said",
    "comes to grief",
    "gives free",
    "told apart",
    "a word ahead",
    r"\w+ dearer",
    "of late",
    "to be had",
    "says nothing more",
    "is spoken to",
    "any more",
)
"""Regular expressions; a space stands for any white space, so that a wrapped line hides nothing."""
BANNED = re.compile("|".join(rf"\b{turn}(?!\w)".replace(" ", r"\s+") for turn in TURNS), re.IGNORECASE)
RELATIVE_OPENING = re.compile(r"(?<!# )(?<!\[)\b(?:What\s+is|Which)\b(?![^.!?]*\?)")
"""A sentence that opens with a relative clause. Real questions and headings are fine."""
QUOTED = re.compile(r"^```.*?^```$|``.+?``|`[^`]*`|“[^”]*”|\"[^\"\n]*\"", re.MULTILINE | re.DOTALL)
"""Code and quotations: what they hold was worded elsewhere."""

Passage = tuple[int, str]
"""A line number, and the text that begins on this line."""


def docstrings(tree: ast.Module) -> Iterator[Passage]:
    """Yield the docstrings of modules, classes, functions and attributes."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield node.lineno, text


def comments(source: str) -> Iterator[Passage]:
    """Yield the comments; lines that follow each other are one passage."""
    block: list[str] = []
    first = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        if block and token.start[0] != first + len(block):
            yield first, "\n".join(block)
            block = []
        first = first if block else token.start[0]
        block.append(token.string.lstrip("# "))
    if block:
        yield first, "\n".join(block)


def names(tree: ast.Module) -> Iterator[Passage]:
    """Yield every name that is defined, its words separated by spaces."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, spaced(name)
            case (
                ast.arg(arg=name)
                | ast.Name(id=name, ctx=ast.Store())
                | ast.Attribute(attr=name, ctx=ast.Store())
            ):
                yield node.lineno, spaced(name)


def spaced(name: str) -> str:
    """Return a name as lower-case words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").strip().lower()


def python_passages(file: Path) -> Iterator[Passage]:
    """Yield what a Python file says in English."""
    source = file.read_text("utf-8")
    tree = ast.parse(source)
    yield from docstrings(tree)
    yield from comments(source)
    yield from names(tree)


def find_turns(text: str) -> Iterator[tuple[int, str]]:
    """Yield each banned turn with the number of line breaks before it."""
    prose = QUOTED.sub(lambda quoted: re.sub(r"[^\n]", " ", quoted[0]), text)
    for pattern in (BANNED, RELATIVE_OPENING):
        for found in pattern.finditer(prose):
            yield prose[: found.start()].count("\n"), " ".join(found[0].split())


def report(file: Path, passages: Iterator[Passage]) -> list[str]:
    """Return a line for each banned turn of a file, to click on."""
    place = file.relative_to(ROOT)
    return sorted(
        {f"{place}:{line + further} {turn}" for line, text in passages for further, turn in find_turns(text)}
    )


def pages() -> list[Path]:
    """Return our pages, those of people who use the bot among them."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("package", PACKAGES)
def test_code_avoids_banned_turns(package: str) -> None:
    found = [
        line
        for file in sorted((ROOT / package).rglob("*.py"))
        for line in report(file, python_passages(file))
    ]

    assert not found, f"{len(found)} turns\n" + "\n".join(found)


def test_pages_avoid_banned_turns() -> None:
    found = [line for page in pages() for line in report(page, iter([(1, page.read_text("utf-8"))]))]

    assert not found, f"{len(found)} turns\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("Whoever comes late.", ["Whoever"]),
        ("Nothing comes any\nmore.", ["any more"]),
        ("A fifth dearer than that.", ["fifth dearer"]),
        ("Which is why.", ["Which"]),
        ("Which of them is it?", []),
        ("The button “Whoever it is”, and `whoever`.", []),
        ("The owner, who is told.", []),
    ],
)
def test_a_banned_turn_is_found_unless_it_is_quoted(text: str, turns: list[str]) -> None:
    assert [turn for _, turn in find_turns(text)] == turns


def test_names_and_comments_are_read_word_by_word() -> None:
    source = "# Nothing is so\n# many.\ndef test_whoever_writes(): ...\n"
    file = list(comments(source)) + list(names(ast.parse(source)))

    assert [(line, turn) for line, text in file for _, turn in find_turns(text)] == [
        (1, "so many"),
        (3, "whoever"),
    ]
