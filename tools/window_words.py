"""Which sentences the window says, and which of them a language does not have yet.

``python tools/window_words.py`` lists what each catalogue lacks, says in vain, or says with other
fields than the English; ``--add`` writes what is missing into the catalogue, with nothing as its
translation, for a person to fill in.

The sentences are found in the source: what ``tr`` and its kin are called with, the sentences of
errors and of findings, and constants that are translated when they are shown.
"""

import argparse
import ast
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from imhcode.ui.languages.catalogue import FOLDER, LANGUAGES, words_of

SOURCE = Path(__file__).resolve().parents[1] / "src" / "imhcode"

#: functions whose argument with this number is shown translated
_CALLS = {
    "tr": 0,
    "_tr": 0,
    "translated": 0,
    "translate": 1,
    "_spec": 1,
    "in_language": 0,
    "Command": 2,
}

#: constants that are translated when they are shown, by module; of a dictionary only the values
_CONSTANTS: dict[str, frozenset[str]] = {
    "ui/actions.py": frozenset({"MENUS"}),
    "ui/history_words.py": frozenset({"_DONE", "_CAUSES"}),
    "ui/coding/just_now.py": frozenset({"_WORDS"}),
    "ui/coding/findings_words.py": frozenset({"_HEADINGS"}),
    "ui/coding/rating_words.py": frozenset({"_LACKS"}),
    "services/clips.py": frozenset({"SPOKEN"}),
    "media/clips/export.py": frozenset({"NOT_DEIDENTIFIED"}),
}

#: where findings are made, which are shown translated: every text with fields in it
_FINDINGS = "domain/checks/"

#: what readers of files refuse; like the checks they are found by their folder
_READERS = "formats/"

_LETTER = re.compile(r"[^\W\d_]")


def sentences() -> dict[str, str]:
    """Every sentence of the window, with the module that says it first."""
    found: dict[str, str] = {}
    for path in _window_modules():
        place = path.relative_to(SOURCE).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for text in _said_in(tree, place):
            if _LETTER.search(_without_fields(text)):
                found.setdefault(text, place)
    return found


def fields_of(text: str) -> set[str]:
    """The names in braces that are filled in before a sentence is shown."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def faults_of(language: str) -> list[str]:
    """What is wrong with the catalogue of a language, one line each."""
    said, words = sentences(), words_of(language)
    faults = [f"missing ({said[text]}): {text}" for text in said if not words.get(text)]
    faults += [f"said by nobody: {text}" for text in words if text not in said]
    for text, meant in words.items():
        if meant and text in said and fields_of(text) != fields_of(meant):
            faults.append(f"other fields: {text} / {meant}")
    return faults


def _window_modules() -> list[Path]:
    """The modules of the window and all that they import: only those can be heard in it.

    The rules of checking and the readers of files are found by their folder, so that nobody
    imports them.
    """
    waiting = [*(SOURCE / "ui").rglob("*.py"), *(SOURCE / _FINDINGS).rglob("*.py")]
    waiting += (SOURCE / _READERS).rglob("errors.py")
    reached: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path in reached:
            continue
        reached.add(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("imhcode"):
                names = [f"{node.module}.{one.name}" for one in node.names]
                waiting += _files_of([str(node.module), *names])
            elif isinstance(node, ast.Import):
                waiting += _files_of([one.name for one in node.names])
    return sorted(reached)


def _files_of(modules: list[str]) -> list[Path]:
    """The files of those modules of ours that there are."""
    places = [SOURCE.parent.joinpath(*one.split(".")) for one in modules]
    files = [file for one in places for file in (one.with_suffix(".py"), one / "__init__.py")]
    return [one for one in files if one.is_file() and one.is_relative_to(SOURCE)]


def _said_in(tree: ast.Module, place: str) -> Iterator[str]:
    names = _CONSTANTS.get(place, frozenset())
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            at = _CALLS.get(_name_of(node.func))
            if at is not None and len(node.args) > at:
                yield from _texts_in(node.args[at])
            for keyword in node.keywords:
                if keyword.arg == "why":  # what an error says of its reason
                    yield from _texts_in(keyword.value)
        elif isinstance(node, ast.ClassDef):
            yield from _sentences_of_error(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if names & {_name_of(one) for one in targets}:
                yield from _texts_in(node.value)
    if place.startswith(_FINDINGS):
        yield from _findings_in(tree)


def _name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _texts_in(node: ast.expr) -> Iterator[str]:
    """Texts that an expression may come to: not keys, indices and what is compared."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.BoolOp(values=values):
            for value in values:
                yield from _texts_in(value)
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts_in(body)
            yield from _texts_in(orelse)
        case ast.Dict(values=values):
            for value in values:
                yield from _texts_in(value)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from _texts_in(part)
        case ast.Subscript(value=value):
            yield from _texts_in(value)


def _sentences_of_error(node: ast.ClassDef) -> Iterator[str]:
    for line in node.body:
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
            named = {_name_of(one) for one in line.targets}
            if named & {"sentence", "next_step"} and isinstance(line.value.value, str):
                yield line.value.value


def _findings_in(tree: ast.Module) -> Iterator[str]:
    """Texts of several words that are not docstrings."""
    lone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in lone:
            text = node.value
            if isinstance(text, str) and " " in text.strip() and "{" in text:
                yield text


def _without_fields(text: str) -> str:
    return re.sub(r"\{[^}]*\}", "", text)


def _add_missing(language: str) -> int:
    """Write what a catalogue lacks at its end; how much that was."""
    said, words = sentences(), words_of(language)
    missing = [text for text in said if text not in words]
    path = FOLDER / f"{language}.toml"
    with path.open("a", encoding="utf-8") as catalogue:
        catalogue.writelines(f'{_quoted(text)} = ""\n' for text in missing)
    return len(missing)


def _quoted(text: str) -> str:
    inner = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{inner}"'


def main() -> int:
    """Say what is wrong with each catalogue; 1 if anything is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--add", action="store_true", help="write missing sentences down")
    asked = parser.parse_args()
    n_faults = 0
    for language in LANGUAGES:
        if asked.add:
            print(f"{language}: {_add_missing(language)} added")
        faults = faults_of(language)
        n_faults += len(faults)
        print(f"{language}: {len(faults)} to do", *faults, sep="\n  ")
    return 1 if n_faults else 0


if __name__ == "__main__":
    sys.exit(main())
