"""Mapping documents: YAML that says what becomes of an old scheme's codes in a new one.

Read as strictly as schemes are: every unknown field, word and id is a finding with its line, and
so is every code of the old scheme whose fate the document leaves open.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from imhcode.domain.mapping import SchemeMapping
from imhcode.domain.scheme import Scheme
from imhcode.schemes.errors import MappingNeeded, MappingRefused
from imhcode.schemes.finding import Finding
from imhcode.schemes.mapping_fates import Fates
from imhcode.schemes.nearest import hint
from imhcode.schemes.place import Place
from imhcode.schemes.source import Source, read_source

FORMAT = "1.0"
FIRST_SHOWN = 5

WORD, WORDS, PAIRS = "a word", "a list of words", "a mapping of words to words"

#: fields of every change by section; those with a question mark may be left out
CHANGES: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "tracks": {
        "rename": {"from": WORD, "to": WORD},
        "to_note": {"from": WORD},
        "to_modifier": {"from": WORD, "on": WORD, "modifier": WORD, "values": PAIRS},
    },
    "codes": {
        "rename": {"track": WORD, "from": WORD, "to": WORD, "to_track?": WORD},
        "merge": {"track": WORD, "from": WORDS, "to": WORD, "to_track?": WORD},
        "split": {"track": WORD, "from": WORD, "to": WORDS, "until_then": WORD},
        "split_by": {"track": WORD, "from": WORD, "modifier": WORD, "values": PAIRS},
        "to_modifier": {
            "track": WORD, "from": WORD, "to": WORD, "modifier": WORD, "value": WORD,
            "to_track?": WORD,
        },
        "to_note": {"track": WORD, "from": WORD},
        "look": {"track": WORD, "from": WORD},
    },
    "modifiers": {
        "rename": {"from": WORD, "to": WORD, "values?": PAIRS},
        "to_note": {"from": WORD},
    },
    "links": {"rename": {"from": WORD, "to": WORD}, "drop": {"from": WORD}},
    "ratings": {"rename": {"from": WORD, "to": WORD}, "drop": {"from": WORD}},
}  # fmt: skip


def name_of_scheme(scheme: Scheme) -> str:
    """``name@version``, as mappings and commands call a scheme."""
    return f"{scheme.id}@{scheme.version}"


def scheme_named_in(path: Path, field: str = "from") -> str:
    """The scheme that a mapping document starts from, as it names it; empty if it names none."""
    return Place.top(read_source(path)).at(field).word


def read_mapping(
    path: Path, old: Scheme, new: Scheme
) -> tuple[SchemeMapping | None, list[Finding]]:
    """Read a mapping document and find everything that is wrong with it.

    Returns
    -------
    mapping : SchemeMapping or None
        Complete; ``None`` if there is any finding.
    findings : list of Finding
        Sorted by line.

    Raises
    ------
    SchemeFileUnreadable
        The file is not there or cannot be read.
    """
    return mapping_in(read_source(path), old, new)


def mapping_in(
    source: Source, old: Scheme, new: Scheme
) -> tuple[SchemeMapping | None, list[Finding]]:
    """The mapping in a document that has been read, and what is wrong with it."""
    found = [Finding("error", one.rule, "", one.line, one.message) for one in source.faults]
    top = Place.top(source)
    if not isinstance(source.plain, Mapping):
        if not found:
            said = "a mapping begins with the fields imhcode_mapping, from and to"
            found.append(top.error("wrong-sort", said))
        return None, found
    found += _heading(top, old, new)
    fates = Fates(old, new)
    for section, changes in CHANGES.items():
        for place in top.each(section):
            faults = list(_shape(place, section, changes))
            found += faults or fates.take(section, place)
    found += fates.open_questions(top)
    found.sort(key=lambda finding: finding.line)
    return (None, found) if found else (fates.mapping(), [])


def load_mapping(path: Path, old: Scheme, new: Scheme) -> SchemeMapping:
    """The mapping in a file.

    Raises
    ------
    MappingRefused
        The document has errors; the first are in the sentence.
    SchemeFileUnreadable
        The file is not there or cannot be read.
    """
    mapping, findings = read_mapping(path, old, new)
    if mapping is None:
        lines = [finding.at(path.name) for finding in findings[:FIRST_SHOWN]]
        if len(findings) > FIRST_SHOWN:
            lines.append(f"… and {len(findings) - FIRST_SHOWN} more")
        raise MappingRefused(name=path.name, problems="\n".join(lines))
    return mapping


def mapping_without_document(old: Scheme, new: Scheme) -> SchemeMapping:
    """The mapping of two schemes in which everything old still has its name.

    Raises
    ------
    MappingNeeded
        Something has not, and nobody has said what becomes of it.
    """
    fates = Fates(old, new)
    findings = list(fates.open_questions(Place.top(Source(plain={}))))
    if findings:
        lines = [finding.message for finding in findings[:FIRST_SHOWN]]
        if len(findings) > FIRST_SHOWN:
            lines.append(f"… and {len(findings) - FIRST_SHOWN} more")
        raise MappingNeeded(
            old=name_of_scheme(old), new=name_of_scheme(new), problems="\n".join(lines)
        )
    return fates.mapping()


def _heading(top: Place, old: Scheme, new: Scheme) -> Iterator[Finding]:
    known = ("imhcode_mapping", "from", "to", "note", *CHANGES)
    for name, place in top.fields():
        if name not in known:
            said = f'unknown field "{name}" in the mapping{hint(name, known)}'
            yield place.error("unknown-field", said)
        elif name in CHANGES and not isinstance(place.value, list):
            yield place.error("wrong-sort", f'"{name}" must be a list of changes')
    for name, wanted in (
        ("imhcode_mapping", FORMAT),
        ("from", name_of_scheme(old)),
        ("to", name_of_scheme(new)),
    ):
        place = top.at(name)
        if place.value != wanted:
            found = f'is "{place.value}"' if place.value is not None else "is missing"
            yield place.error("wrong-heading", f'"{name}" {found}; here it must be "{wanted}"')


def _shape(
    place: Place, section: str, changes: Mapping[str, Mapping[str, str]]
) -> Iterator[Finding]:
    """What does not fit one change, before any id is looked up."""
    if not isinstance(place.value, Mapping):
        yield place.error("wrong-sort", f'an item of "{section}" must be a mapping with "change"')
        return
    change = place.at("change")
    if change.word not in changes:
        said = f'is "{change.value}", which is none' if change.value else "is missing"
        hinted = hint(change.word, changes) or f" (there is {', '.join(changes)})"
        yield change.error("unknown-change", f'"change" of {section} {said}{hinted}')
        return
    fields = {name.rstrip("?"): sort for name, sort in changes[change.word].items()}
    required = [name for name in changes[change.word] if not name.endswith("?")]
    for name, field in place.fields():
        if name != "change" and name not in fields:
            said = f'"{change.word}" takes no field "{name}"{hint(name, fields)}'
            yield field.error("unknown-field", said)
        elif name != "change" and not _is(fields[name], field.value):
            yield field.error("wrong-sort", f'"{name}" must be {fields[name]}')
    for name in required:
        if name not in place.value:
            yield place.error("missing-field", f'"{change.word}" lacks "{name}"')


def _is(sort: str, value: object) -> bool:
    if sort == WORD:
        return isinstance(value, str) and bool(value)
    if sort == WORDS:
        return isinstance(value, list) and len(value) > 1 and all(_is(WORD, one) for one in value)
    # a value without a word becomes a note
    if not isinstance(value, Mapping) or not value:
        return False
    return all(isinstance(one, str) for one in value.values())
