"""The beginning of a mapping document, made from what differs between two schemes."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator

from imhcode.domain.scheme import Scheme
from imhcode.schemes.diff import Difference, differences
from imhcode.schemes.mapping import FORMAT, name_of_scheme

_PLAIN = re.compile(r"[a-z][a-z0-9_]*")
_LOOKED_AT = ("definition", "start", "stop", "include", "exclude")

HEADING = """\
# What becomes of observations coded with {old} when they are moved to {new}.
#
# What is not named here keeps its name. Look through every line: a line with ? is a guess.
# The changes there are:
#   codes:      rename, merge (from: [a, b]), split (to: [a, b], until_then: a),
#               split_by (modifier, values: {{value: code}}), to_modifier (to, modifier, value),
#               to_note, look (the code stays; a coder looks at each event again)
#   tracks:     rename, to_note, to_modifier (on, modifier, values: {{code: value}})
#   modifiers:  rename (values: {{old: new}}), to_note
#   links, ratings:  rename, drop
imhcode_mapping: "{format}"
from: "{old}"
to: "{new}"
"""


def starter_mapping(old: Scheme, new: Scheme) -> str:
    """YAML that names everything an author has to decide, with a guess for each."""
    lines: defaultdict[str, list[str]] = defaultdict(list)
    found = differences(old.document, new.document)
    for difference in found:
        for section, line in _line(difference, new):
            if line not in lines[section]:
                lines[section].append(line)
    lines["modifiers"] += _values_of_modifiers(found)
    names = {"old": name_of_scheme(old), "new": name_of_scheme(new), "format": FORMAT}
    parts = [HEADING.format(**names)]
    for section in ("tracks", "codes", "modifiers", "links", "ratings"):
        if lines[section]:
            parts += [f"\n{section}:\n", *(f"  - {line}\n" for line in lines[section])]
    return "".join(parts)


def _values_of_modifiers(found: list[Difference]) -> Iterator[str]:
    """One line for each modifier that has another name or lacks a value it had."""
    names: dict[str, str] = {}
    values: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for difference in found:
        if difference.kind not in ("removed", "renamed"):
            continue
        match difference.where.split("."):
            case ["modifiers", modifier] if difference.renamed_to:
                names[modifier] = difference.renamed_to
            case ["modifiers", modifier, "values", value]:
                values[modifier][value] = difference.renamed_to
    for modifier in dict.fromkeys((*names, *values)):
        line = _item("rename", **{"from": modifier}, to=names.get(modifier, modifier))
        if values[modifier]:
            pairs = [f"{_word(old)}: {_word(new)}" for old, new in values[modifier].items()]
            line = f"{line[:-1]}, values: {{{', '.join(pairs)}}}}}"
        left = "" in values[modifier].values()
        said = ' ("": it becomes a note)' if left else ""
        yield f"{line}  # ? is this what became of it{said}"


def _line(difference: Difference, new: Scheme) -> Iterator[tuple[str, str]]:
    steps = difference.where.split(".")
    gone = difference.kind in ("removed", "renamed")
    version = f"{new.id}@{new.version}"
    guess = f"# ? perhaps the same; or to_note, if it is not in {version}"
    match steps:
        case ["tracks", track, "codes", code] if gone:
            into = {"track": track, "from": code}
            if difference.renamed_to:
                yield "codes", f"{_item('rename', **into, to=difference.renamed_to)}  {guess}"
            else:
                said = f"# ? is not in {version}: rename, merge, or leave it a note"
                yield "codes", f"{_item('to_note', **into)}  {said}"
        case ["tracks", track, "codes", code, field] if field in _LOOKED_AT:
            said = "# ? its meaning changed; take the line away if nobody would code otherwise"
            yield "codes", f"{_item('look', track=track, **{'from': code})}  {said}"
        case ["tracks" | "modifiers" | "links" | "ratings" as section, one] if gone:
            if difference.renamed_to and section == "modifiers":
                return  # together with its values, below
            if difference.renamed_to:
                renamed = _item("rename", **{"from": one}, to=difference.renamed_to)
                yield section, f"{renamed}  {guess}"
            else:
                change = "to_note" if section in ("tracks", "modifiers") else "drop"
                said = f"# ? is not in {version}"
                yield section, f"{_item(change, **{'from': one})}  {said}"


def _item(change: str, **fields: str) -> str:
    pairs = ", ".join(f"{name}: {_word(value)}" for name, value in fields.items())
    return f"{{change: {change}, {pairs}}}"


def _word(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
