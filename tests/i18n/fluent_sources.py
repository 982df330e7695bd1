"""The texts in the Fluent files, and the keys that the code requests."""

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
FORMATTING_METHODS = {"say", "label"}


@cache
def load_messages(locale: Locale) -> dict[str, fluent.Message]:
    """Return every message of a language, keyed by its name."""
    found: dict[str, fluent.Message] = {}
    for file in sorted(files("bot.i18n").joinpath(locale).iterdir(), key=lambda f: f.name):
        for entry in _parse_file(file):
            if isinstance(entry, fluent.Message):
                found[entry.id.name] = entry
    return found


def find_source_problems(locale: Locale) -> list[str]:
    """Return everything in a language's files that isn't a message, and every key defined twice."""
    entries = [entry for file in files("bot.i18n").joinpath(locale).iterdir() for entry in _parse_file(file)]
    names = [entry.id.name for entry in entries if isinstance(entry, fluent.Message)]
    junk = [str(entry.content) for entry in entries if isinstance(entry, fluent.Junk)]
    return junk + sorted({name for name in names if names.count(name) > 1})


def _parse_file(file: Traversable) -> list[fluent.EntryType]:
    return list(FluentParser().parse(file.read_text("utf-8")).body)


def walk_nodes(node: object) -> Iterator[fluent.SyntaxNode]:
    """Yield a Fluent node and all its descendants."""
    if isinstance(node, fluent.SyntaxNode):
        yield node
        for value in vars(node).values():
            yield from walk_nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk_nodes(value)


def placeholders(message: fluent.Message) -> set[str]:
    """Return the placeholders of a message, including those in its selectors."""
    return {node.id.name for node in walk_nodes(message) if isinstance(node, fluent.VariableReference)}


def selector_variants(message: fluent.Message) -> list[tuple[str, list[str]]]:
    """Return, for each selector of a message, its variable and the names of its variants in order."""
    return [
        (node.selector.id.name, [_variant_name(variant) for variant in node.variants])
        for node in walk_nodes(message)
        if isinstance(node, fluent.SelectExpression) and isinstance(node.selector, fluent.VariableReference)
    ]


def _variant_name(variant: fluent.Variant) -> str:
    key = variant.key
    return key.name if isinstance(key, fluent.Identifier) else key.value


def text_without_placeholders(message: fluent.Message) -> str:
    """Return the text of all variants of a message without its placeholders."""
    return "\n".join(str(node.value) for node in walk_nodes(message) if isinstance(node, fluent.TextElement))


@cache
def requested_keys() -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys that the code requests: complete ones, and the prefixes of assembled ones."""
    complete, prefixes = set(), set()
    for call in (node for tree in _parse_sources() for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Attribute) and call.func.attr in FORMATTING_METHODS and call.args:
            for key in _branches(call.args[0]):
                if isinstance(key, ast.Constant):
                    complete.add(str(key.value))
                elif isinstance(key, ast.JoinedStr) and isinstance(key.values[0], ast.Constant):
                    prefixes.add(str(key.values[0].value))
    return frozenset(complete), frozenset(prefixes)


def is_key_used(key: str) -> bool:
    """Return whether the code may use this text, by its complete key or one assembled from parts in the code.

    A key is often passed to the function that formats it: `simple(texts, "paused")`, `f"note-{topic}-{variant}"`.
    """
    strings, patterns = _strings_and_patterns()
    matches = (match for pattern in patterns if (match := pattern.fullmatch(key)))
    return key in strings or any(all(map(is_key_used, match.groups())) for match in matches)


@cache
def _strings_and_patterns() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return every string and enum member in the code and its content, and the patterns of assembled keys."""
    nodes = [node for tree in _parse_sources() for node in ast.walk(tree)]
    strings = {str(node.value) for node in nodes if isinstance(node, ast.Constant)}
    assigned = [part for node in nodes if isinstance(node, ast.ClassDef) for part in node.body]
    targets = [target for part in assigned if isinstance(part, ast.Assign) for target in part.targets]
    members = {target.id.lower() for target in targets if isinstance(target, ast.Name)}
    codes = {code for card in starter_bank().cards for code in card.care}
    joined = [node.values for node in nodes if isinstance(node, ast.JoinedStr)]
    assembled = [
        parts for parts in joined if isinstance(parts[0], ast.Constant) and "-" in str(parts[0].value)
    ]
    return frozenset(strings | members | codes), tuple(re.compile(_key_pattern(parts)) for parts in assembled)


def _key_pattern(parts: list[ast.expr]) -> str:
    return "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else "(.+)" for p in parts)


def _branches(node: ast.expr) -> Iterator[ast.expr]:
    """Return the possible values of an argument: both branches of `a if … else b`."""
    if isinstance(node, ast.IfExp):
        yield from _branches(node.body)
        yield from _branches(node.orelse)
    else:
        yield node


@cache
def _parse_sources() -> tuple[ast.Module, ...]:
    return tuple(ast.parse(file.read_text("utf-8")) for file in sorted((ROOT / "bot").rglob("*.py")))
