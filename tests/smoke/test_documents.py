"""What the documents name exists, and what exists is named where a reader looks for it."""

import ast
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer

from imhcode.cli.main import app
from imhcode.formats.csv.columns import BEFORE_MODIFIERS, MODIFIER, NOTE
from imhcode.schemes.document import read_document
from imhcode.ui.actions import ACTIONS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "imhcode"
DOCS = ROOT / "docs"
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *DOCS.rglob("*.md"),
]
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))

CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
MODULE_OR_PACKAGE = re.compile(r"[a-z_]+(/[a-z_]+)*(\.py|/)")
NAME_IN_THE_CODE = re.compile(r"[A-Z][A-Za-z]+(\.[a-z_]+)?|[A-Z][A-Z_]+")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def rows(text: str) -> Iterator[list[str]]:
    """The cells of every table row below a header."""
    lines = [line.strip() for line in text.splitlines()]
    for at, line in enumerate(lines):
        header = at + 1 < len(lines) and lines[at + 1].startswith("| ---")
        if line.startswith("|") and not line.startswith("| ---") and not header:
            yield [cell.replace(r"\|", "|").strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def fenced(text: str, language: str) -> Iterator[str]:
    """Code blocks of one language, without the indentation of the list they stand in."""
    for indent, found, block in FENCE.findall(text):
        if found == language:
            yield "".join(line.removeprefix(indent) for line in block.splitlines(keepends=True))


# ---- links -----------------------------------------------------------------------------------


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_link_leads_somewhere(path):
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        found = path if not file else (path.parent / file).resolve()
        assert found.exists(), target
        assert not anchor or anchor in anchors(found), target


def test_every_document_can_be_reached_from_the_readme():
    reached, ahead = set(), [ROOT / "README.md"]
    while ahead:
        path = ahead.pop()
        if path in reached or path.suffix != ".md":
            continue
        reached.add(path)
        targets = LINK.findall(path.read_text(encoding="utf-8"))
        files = {
            target.partition("#")[0] for target in targets if not target.startswith("https://")
        }
        ahead.extend((path.parent / file).resolve() for file in files if file)
    assert set(DOCUMENTS) <= reached


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_no_document_names_a_place_on_somebodys_machine(path):
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"(?<![\w~.%])/(?:home|root|work|opt|tmp|Users|mnt)\b\S*", text) == []


# ---- the map ---------------------------------------------------------------------------------


@cache
def defined_names() -> set[str]:
    """Every class, constant and ``Class.method`` of the source."""
    names = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                names.add(node.name)
                names.update(
                    f"{node.name}.{name}" for inner in node.body for name in bound_by(inner)
                )
            names.update(bound_by(node))
    return names


def bound_by(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [one.id for one in targets if isinstance(one, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []


HOUSE = [
    "docs/architecture.md",
    *map(name_of, sorted((DOCS / "how-to").glob("add-*.md"))),
    *map(name_of, DECISIONS),
]
NOT_OURS = {
    "VideoCapture",
    "OpenCV",
    "PyAV",
    "None",
    "NA",
    "Ctrl",
    "Space",
    "Enter",
    "NAME",
    "FILE",
    "U",
}


@pytest.mark.parametrize("document", HOUSE)
def test_every_module_and_package_named_exists(document):
    for word in CODE.findall(text_of(document)):
        if MODULE_OR_PACKAGE.fullmatch(word):
            assert (PACKAGE / word).exists() or (ROOT / word).exists(), word


@pytest.mark.parametrize("document", HOUSE)
def test_every_class_and_method_named_exists(document):
    names = defined_names()
    for word in CODE.findall(text_of(document)):
        if NAME_IN_THE_CODE.fullmatch(word) and word not in NOT_OURS:
            assert word in names, word


def test_every_package_stands_on_the_map():
    packages = {
        one.parent.relative_to(PACKAGE).as_posix() + "/" for one in PACKAGE.glob("*/**/__init__.py")
    }
    assert packages - set(CODE.findall(text_of("docs/architecture.md"))) == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_test_named_exists(path):
    for word in CODE.findall(path.read_text(encoding="utf-8")):
        if word.startswith("tests/"):
            assert (ROOT / word).exists(), word


# ---- decisions -------------------------------------------------------------------------------


def test_decisions_are_numbered_without_a_gap():
    assert [path.name[:4] for path in DECISIONS] == [
        f"{n:04d}" for n in range(1, len(DECISIONS) + 1)
    ]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_why_and_stands_in_the_list(path):
    text = path.read_text(encoding="utf-8")
    number, title = text.splitlines()[0].removeprefix("# ").split(" ", 1)
    assert path.name.startswith(number)
    assert re.findall("^## (.+)$", text, re.MULTILINE) == [
        "Context",
        "Options",
        "Decision",
        "Consequences",
    ]
    listed = [row for row in rows(text_of("docs/decisions/README.md")) if path.name in row[0]]
    assert listed == [[f"[{number}]({path.name})", title]]


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=name_of)
def test_a_decision_named_in_the_source_exists(path):
    for number in re.findall(r"docs/decisions/(\d+)", path.read_text(encoding="utf-8")):
        assert any(one.name.startswith(number) for one in DECISIONS), number


# ---- keys ------------------------------------------------------------------------------------


def test_the_table_of_keys_is_that_of_the_program():
    """Both ways: no action without its row, no row without its action, the same keys."""
    text = (
        text_of("docs/manual/keys.md").partition("## All keys")[2].partition("## With the mouse")[0]
    )
    told = {row[2]: (CODE.findall(row[0]), CODE.findall(row[1])) for row in rows(text)}
    done = {
        spec.text.rstrip("…"): (list(spec.keys), [spec.pad] if spec.pad else [])
        for spec in ACTIONS
        if spec.keys or spec.pad
    }
    assert told == done


# ---- the command line ------------------------------------------------------------------------


def commands() -> dict[str, dict[str, bool]]:
    """Every command with its options, and whether they take a value."""

    def walk(command, words: tuple[str, ...]) -> Iterator[tuple[str, dict[str, bool]]]:
        inner = getattr(command, "commands", None)
        if inner is not None:
            for name, one in inner.items():
                yield from walk(one, (*words, name))
            return
        options = [one for one in command.params if one.opts[0].startswith("--")]
        yield " ".join(words), {name: not one.is_flag for one in options for name in one.opts}

    return dict(walk(typer.main.get_command(app), ()))


COMMANDS = commands()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_and_its_options_stand_in_the_manual(command):
    told = [
        row
        for row in rows(text_of("docs/manual/command-line.md"))
        if CODE.findall(row[0]) and f"{CODE.findall(row[0])[0]} ".startswith(f"imhcode {command} ")
    ]
    assert len(told) == 1
    options = set(re.findall(r"--[a-z-]+", told[0][1]))
    assert options == set(COMMANDS[command]) - {"--help"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_stands_in_the_readme(command):
    text = text_of("README.md").partition("## The command line")[2].partition("\n## ")[0]
    group, _, name = command.rpartition(" ")
    lines = [line for line in text.splitlines() if f"`imhcode {group}".rstrip() in line]
    assert any(re.search(rf"[` ]{name}[` ]", line) for line in lines)


def command_lines() -> list[tuple[str, str]]:
    found = []
    for path in DOCUMENTS:
        for block in fenced(path.read_text(encoding="utf-8"), ""):
            found += [
                (name_of(path), line) for line in block.splitlines() if line.startswith("imhcode")
            ]
    return found


@pytest.mark.parametrize(("document", "line"), command_lines())
def test_a_command_shown_can_be_typed(document, line):
    words = shlex.split(line)[1:]
    command = next((one for one in (" ".join(words[:2]), words[0]) if one in COMMANDS), None)
    if command is None:
        assert words[0] in {"VIDEO", "STUDY"} or Path(words[0]).suffix in {".imh", ".mp4"}
        return
    for word in words:
        assert not word.startswith("--") or word in COMMANDS[command]


# ---- columns, schemes, code ------------------------------------------------------------------


def test_the_columns_explained_are_those_written():
    text = text_of("docs/manual/columns.md").partition("## Reading")[0]
    told = [CODE.findall(row[0])[0] for row in rows(text)]
    assert told == [*BEFORE_MODIFIERS, f"{MODIFIER}…", NOTE]


def test_the_scheme_of_the_guide_has_no_fault(tmp_path):
    (block,) = fenced(text_of("docs/how-to/write-a-coding-scheme.md"), "yaml")
    path = tmp_path / "gaze.yaml"
    path.write_text(block, encoding="utf-8")
    document, findings = read_document(path)
    assert document is not None
    assert findings == []


def test_the_kind_of_the_guide_is_a_kind(monkeypatch):
    from imhcode.domain.event import Event, Stamp
    from imhcode.domain.lane import Lane
    from imhcode.domain.scheme import Code, Track
    from imhcode.domain.setting import NOTHING_KNOWN
    from imhcode.domain.tracks import KINDS, Overlap

    monkeypatch.setattr(KINDS, "_found", {one.name: one for one in KINDS})
    (block,) = fenced(text_of("docs/how-to/add-a-track-kind.md"), "python")
    exec(compile(block, "guide", "exec"), {"__name__": "guide"})
    kind = KINDS["beat"]
    code, track = Code(id="b", label="Beat"), Track(id="t", label="Beats", subject="s", kind="beat")

    def event(at_us: int) -> Event:
        return Event(id=f"e{at_us}", track="t", code="b", onset_us=at_us, offset_us=at_us)

    lane = Lane([event(100_000)])
    assert kind.press(lane, code, track, Stamp(900_000), event(900_000), NOTHING_KNOWN) == ()
    later = kind.press(lane, code, track, Stamp(1_000_000), event(1_000_000), NOTHING_KNOWN)
    assert len(later) == 1
    with pytest.raises(Overlap):
        kind.check(Lane([event(100_000), event(900_000)]), track, [event(900_000)])


@pytest.mark.parametrize(
    "path", [one for one in DOCUMENTS if "```python" in one.read_text("utf-8")], ids=name_of
)
def test_code_shown_is_python(path):
    for block in fenced(path.read_text(encoding="utf-8"), "python"):
        ast.parse(block)
