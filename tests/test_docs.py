"""The documents: every link, picture, file, command and setting in them exists."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest
from typer.main import get_group

from bot.__main__ import app
from bot.settings import SETTING_HINTS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")


def git_ignored_folders() -> list[str]:
    """Return the folders that git ignores."""
    lines = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    return [line.rstrip("/") for line in lines if line.endswith("/")]


def project_folders() -> list[str]:
    """Return our top-level folders; of the hidden ones only what a contributor should know."""
    found = [path.name for path in ROOT.iterdir() if path.is_dir()]
    seen = [name for name in found if name == ".ci" or not name.startswith(".")]
    return sorted(
        name for name in seen if not any(fnmatch(name, pattern) for pattern in git_ignored_folders())
    )


def own_pages() -> list[Path]:
    """Return every page of ours."""
    return sorted(
        [*ROOT.glob("*.md"), *(page for name in project_folders() for page in (ROOT / name).rglob("*.md"))]
    )


every_page = pytest.mark.parametrize("page", own_pages(), ids=lambda page: str(page.relative_to(ROOT)))


def anchors(page: Path) -> set[str]:
    """Return the anchors of the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def is_valid_link(page: Path, target: str) -> bool:
    """Return whether a link of this page leads somewhere; other sites aren't asked."""
    if re.match(r"[a-z]+:", target):
        return target.startswith("https://")
    name, _, anchor = target.partition("#")
    place = (page.parent / name).resolve() if name else page
    return place.exists() and (not anchor or anchor in anchors(place))


def names_in_tree(page: str) -> list[str]:
    """Return the names at the beginning of the lines of the tree in the README."""
    tree = next(block for block in FENCE.findall(page) if "bot/ " in block)
    return [line.split()[0] for line in tree.splitlines()[1:-1]]


def paths_in_code(text: str) -> set[str]:
    """Return what is written as code and looks like a path in the tree."""
    tops = "|".join(map(re.escape, project_folders()))
    words = [word for word in CODE.findall(FENCE.sub("", text)) if re.fullmatch(r"[\w./-]+", word)]
    return {word for word in words if re.match(rf"({tops})/", word)}


@every_page
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = [target for target in LINK.findall(page.read_text("utf-8")) if not is_valid_link(page, target)]

    assert lost == []


@every_page
def test_every_picture_is_described(page: Path) -> None:
    silent = [target for words, target in PICTURE.findall(page.read_text("utf-8")) if len(words) < 30]

    assert silent == []


@every_page
def test_every_file_that_is_named_exists(page: Path) -> None:
    assert [
        name for name in sorted(paths_in_code(page.read_text("utf-8"))) if not (ROOT / name).exists()
    ] == []


@every_page
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = page.read_text("utf-8")
    written = "\n".join([*FENCE.findall(text), *CODE.findall(FENCE.sub("", text))])

    assert set(re.findall(r"\bmake ([a-z][a-z-]*)", written)) <= targets


@every_page
def test_every_command_that_is_named_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    written = "\n".join([*FENCE.findall(text), *CODE.findall(FENCE.sub("", text))])
    commands = re.findall(r"(?<![\w/])(?:\.venv/bin/|/srv/hakawati/\.venv/bin/)?hakawati ([a-z]+)", written)

    assert set(commands) <= set(get_group(app).commands)


def test_the_readme_says_how_to_try_test_and_run_it() -> None:
    assert all(words in README for words in ("make practice", "make test", "hakawati run", "manifest.yml"))


def test_every_picture_is_used() -> None:
    shown = {target for page in own_pages() for _, target in PICTURE.findall(page.read_text("utf-8"))}

    assert (
        sorted({path.name for path in (ROOT / "docs" / "pictures").iterdir()} - {Path(p).name for p in shown})
        == []
    )


def test_the_map_in_the_readme_shows_every_folder_and_nothing_else() -> None:
    names = names_in_tree(README)

    assert sorted(name.rstrip("/") for name in names if name.endswith("/")) == project_folders()
    assert [name for name in names if not (ROOT / name).exists()] == []


def feature_map() -> dict[str, list[str]]:
    """Return what the feature table of docs/architecture.md lists, under the folder of each layer."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = [line.strip("|").split("|") for line in page.splitlines() if line.startswith("|")]
    start = next(n for n, row in enumerate(rows) if row[0].strip() == "feature")
    layers = [CODE.findall(cell)[0] for cell in rows[start][1:]]
    table: dict[str, list[str]] = {layer: [] for layer in layers}
    for row in rows[start + 2 :]:
        if len(row) != len(layers) + 1:
            break
        for layer, cell in zip(layers, row[1:], strict=True):
            table[layer] += CODE.findall(cell)
    return table


@pytest.mark.parametrize(("layer", "listed"), feature_map().items())
def test_the_feature_map_lists_every_module_once(layer: str, listed: list[str]) -> None:
    entries = [path for path in (ROOT / layer).iterdir() if path.is_dir() or path.suffix == ".py"]

    assert sorted(listed) == sorted(path.stem for path in entries if not path.name.startswith("__"))


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        targets = [target.partition("#")[0] for target in LINK.findall(page.read_text("utf-8"))]
        waiting += [(page.parent / t).resolve() for t in targets if t.endswith(".md") and ":" not in t]

    assert [page for page in own_pages() if page not in reached] == []


def test_every_setting_has_its_line() -> None:
    text = (ROOT / "docs" / "operating.md").read_text("utf-8")

    assert [name for name in SETTING_HINTS if f"| `{name.upper()}` |" not in text] == []
