"""A file's words and what becomes of each, as YAML that a person corrects.

Read as strictly as schemes are: what is not known is an error with its line.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from imhcode.domain.errors import Refused
from imhcode.domain.scheme import Scheme
from imhcode.schemes.nearest import hint
from imhcode.schemes.place import Place
from imhcode.schemes.source import read_source
from imhcode.schemes.yaml_text import block_of, item_text
from imhcode.services.counterparts import Counterpart
from imhcode.services.file_words import FileWords, Word

FORMAT = "1.0"
NOTE = "note"  #: what a word becomes that has no place
_HEAD = """\
# What becomes of the words of a file. Correct what follows "to", then:
#   imhcode import STUDY FILE --scheme {scheme} --mapping THIS_FILE
# "to: note" keeps the events as notes in the report of the import.
"""
_FIELDS = ("track", "code", "to_track", "to", "events", "sure")


class ImportMappingRefused(Refused):
    """A mapping with errors."""

    sentence = "{name} cannot be used as a mapping; mend these lines and try again.\n{problems}"
    next_step = "“imhcode import STUDY FILE --propose NEW.yaml” writes a fresh one."


def mapping_text(scheme: Scheme, rows: Iterable[Counterpart]) -> str:
    """The proposal as a document."""
    name = f"{scheme.id}@{scheme.version}"
    top = block_of({"imhcode_import_mapping": FORMAT, "scheme": name}, 0)
    lines = [
        item_text(
            {
                "track": one.word[0],
                "code": one.word[1],
                **({"to_track": one.to[0], "to": one.to[1]} if one.to else {"to": NOTE}),
                "events": one.events,
                "sure": {"same": "yes", "alike": "look", "none": "no"}[one.sureness],
            },
            2,
        )
        for one in rows
    ]
    codes = "codes:\n  " + "\n  ".join(lines) if lines else "codes: []"
    return f"{_HEAD.format(scheme=name)}{top}\n{codes}\n"


def scheme_in_mapping(path: Path) -> str:
    """The scheme that a mapping document names; empty if none."""
    return Place.top(read_source(path)).at("scheme").word


def read_mapping_document(path: Path, words: FileWords, scheme: Scheme) -> dict[Word, Word | None]:
    """What a person has written down; codes that it does not speak of become notes.

    Raises
    ------
    ImportMappingRefused
        The document has errors; each is in the sentence with its line.
    SchemeFileUnreadable
        The disk does not hand it out.
    """
    source = read_source(path)
    problems = [(one.line, one.message) for one in source.faults]
    top = Place.top(source)
    if not isinstance(source.plain, Mapping):
        problems += [] if problems else [(1, "it begins with imhcode_import_mapping and scheme")]
    elif top.at("imhcode_import_mapping").value != FORMAT:
        said = f'"imhcode_import_mapping" must be "{FORMAT}"'
        problems.append((top.at("imhcode_import_mapping").line, said))
    codes: dict[Word, Word | None] = dict.fromkeys(words.codes)
    said_at: dict[Word, int] = {}
    for place in top.each("codes"):
        if not isinstance(place.value, Mapping):
            problems.append((place.line, "an item of codes must have track, code and to"))
            continue
        for name, field in place.fields():
            if name not in _FIELDS:
                problems.append((field.line, f'unknown field "{name}"{hint(name, _FIELDS)}'))
        word = (_text(place.at("track")), _text(place.at("code")))
        if word not in codes:
            near = hint(word[1], (code for track, code in codes if track == word[0]))
            problems.append((place.line, f"the file has no code “{word[1]}” on “{word[0]}”{near}"))
        elif word in said_at:
            problems.append((place.line, f"“{word[1]}” stands on line {said_at[word]} too"))
        else:
            said_at[word] = place.line
            codes[word], wrong = _target(place, scheme)
            problems += [(place.line, wrong)] if wrong else []
    if problems:
        lines = "\n".join(f"{path.name}:{line}: {said}" for line, said in sorted(problems)[:8])
        raise ImportMappingRefused(name=path.name, problems=lines)
    return codes


def _target(place: Place, scheme: Scheme) -> tuple[Word | None, str]:
    to, to_track = _text(place.at("to")), _text(place.at("to_track"))
    if not to:
        return None, '"to" is missing; “to: note” keeps the events as notes'
    if to == NOTE and not to_track:
        return None, ""
    tracks = [one for one in scheme.tracks if to_track in ("", one.id)]
    if not tracks:
        near = hint(to_track, (one.id for one in scheme.tracks))
        return None, f"{scheme.id} has no track “{to_track}”{near}"
    found = [(track.id, to) for track in tracks if track.code(to) is not None]
    if len(found) == 1:
        return found[0], ""
    if found:
        return None, f"several tracks have a code “{to}”; say which with to_track"
    near = hint(to, (code.id for track in tracks for code in track.codes))
    return None, f"there is no code “{to}”{near}"


def _text(place: Place) -> str:
    """A field as text: a code may look like a number or a yes."""
    return "" if place.value is None else str(place.value)
