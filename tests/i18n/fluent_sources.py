"""The words as they lie in the files, and the keys that the code asks for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent

from bot.content import starter_bank
from bot.i18n import Locale

ROOT = Path(__file__).parents[2]
DOORS = {"say", "label"}


@cache
def load_messages(locale: Locale) -> dict[str, fluent.Message]:
    """Every message of a language, by its key."""
    found: dict[str, fluent.Message] = {}
    for file in sorted(files("bot.i18n").joinpath(locale).iterdir(), key=lambda f: f.name):
        for entry in _parse_file(file):
            if isinstance(entry, fluent.Message):
                found[entry.id.name] = entry
    return found


def find_source_problems(locale: Locale) -> list[str]:
    """What is no message at all in the files of a language, and what stands there twice."""
    entries = [entry for file in files("bot.i18n").joinpath(locale).iterdir() for entry in _parse_file(file)]
    names = [entry.id.name for entry in entries if isinstance(entry, fluent.Message)]
    junk = [str(entry.content) for entry in entries if isinstance(entry, fluent.Junk)]
    return junk + sorted({name for name in names if names.count(name) > 1})


def _parse_file(file: Traversable) -> list[fluent.EntryType]:
    return list(FluentParser().parse(file.read_text("utf-8")).body)


def walk_nodes(node: object) -> Iterator[fluent.SyntaxNode]:
    """A node of Fluent and everything inside it."""
    if isinstance(node, fluent.SyntaxNode):
        yield node
        for value in vars(node).values():
            yield from walk_nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk_nodes(value)


def placeholders(message: fluent.Message) -> set[str]:
    """The placeholders of a message, in its selectors too."""
    return {node.id.name for node in walk_nodes(message) if isinstance(node, fluent.VariableReference)}


def selector_variants(message: fluent.Message) -> list[tuple[str, list[str]]]:
    """For each choice in a message: the variable that decides, and the names of its variants in order."""
    return [
        (node.selector.id.name, [_variant_name(variant) for variant in node.variants])
        for node in walk_nodes(message)
        if isinstance(node, fluent.SelectExpression) and isinstance(node.selector, fluent.VariableReference)
    ]


def _variant_name(variant: fluent.Variant) -> str:
    key = variant.key
    return key.name if isinstance(key, fluent.Identifier) else key.value


def text_without_placeholders(message: fluent.Message) -> str:
    """All the words of a message, of every variant, without its placeholders."""
    return "\n".join(str(node.value) for node in walk_nodes(message) if isinstance(node, fluent.TextElement))


@cache
def requested_keys() -> tuple[frozenset[str], frozenset[str]]:
    """The keys that the code asks for: whole ones, and the beginnings of those put together."""
    whole, beginnings = set(), set()
    for call in (node for tree in _parse_sources() for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Attribute) and call.func.attr in DOORS and call.args:
            for key in _branches(call.args[0]):
                if isinstance(key, ast.Constant):
                    whole.add(str(key.value))
                elif isinstance(key, ast.JoinedStr) and isinstance(key.values[0], ast.Constant):
                    beginnings.add(str(key.values[0].value))
    return frozenset(whole), frozenset(beginnings)


def is_key_used(key: str) -> bool:
    """Whether anything in the code may name this text: whole, or put together of parts that stand there too.

    A key is often passed on to where it is said: `simple(texts, "paused")`, `f"note-{topic}-{variant}"`.
    """
    words, shapes = _strings_and_patterns()
    put_together = (found for shape in shapes if (found := shape.fullmatch(key)))
    return key in words or any(all(map(is_key_used, found.groups())) for found in put_together)


@cache
def _strings_and_patterns() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Every string and every member of an enum in the code and in its content; the shapes of keys put together."""
    nodes = [node for tree in _parse_sources() for node in ast.walk(tree)]
    strings = {str(node.value) for node in nodes if isinstance(node, ast.Constant)}
    assigned = [part for node in nodes if isinstance(node, ast.ClassDef) for part in node.body]
    targets = [target for part in assigned if isinstance(part, ast.Assign) for target in part.targets]
    members = {target.id.lower() for target in targets if isinstance(target, ast.Name)}
    codes = {code for card in starter_bank().cards for code in card.care}
    joined = [node.values for node in nodes if isinstance(node, ast.JoinedStr)]
    begun = [parts for parts in joined if isinstance(parts[0], ast.Constant) and "-" in str(parts[0].value)]
    return frozenset(strings | members | codes), tuple(re.compile(_key_pattern(parts)) for parts in begun)


def _key_pattern(parts: list[ast.expr]) -> str:
    return "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else "(.+)" for p in parts)


def _branches(node: ast.expr) -> Iterator[ast.expr]:
    """What an argument may be: both sides of `a if … else b`."""
    if isinstance(node, ast.IfExp):
        yield from _branches(node.body)
        yield from _branches(node.orelse)
    else:
        yield node


@cache
def _parse_sources() -> tuple[ast.Module, ...]:
    return tuple(ast.parse(file.read_text("utf-8")) for file in sorted((ROOT / "bot").rglob("*.py")))
