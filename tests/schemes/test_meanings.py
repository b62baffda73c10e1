"""Every field of the format is described, and every part of a scheme can be looked up."""

from collections.abc import Iterator, Mapping

import pytest

from imhcode.schemes.document import findings_in
from imhcode.schemes.editing import SchemeText
from imhcode.schemes.known_words import known_words
from imhcode.schemes.meanings import Meanings
from imhcode.schemes.shipped import shipped_schemes
from imhcode.schemes.starters import starter
from imhcode.services.scheme_editing import SchemeDraft

MEANINGS = Meanings.of_format()
SHIPPED = {name: SchemeText(path.read_text("utf-8")) for name, path in shipped_schemes().items()}


def parts(plain, steps=()) -> Iterator[tuple[tuple[str | int, ...], Mapping]]:
    """The parts that the meanings lead to, the document itself first."""
    value = plain
    for step in steps:
        value = value[step]
    yield steps, value
    for one in MEANINGS.fields(steps, plain):
        if one.name in value and one.sort == "part":
            yield from parts(plain, (*steps, one.name))
        elif one.name in value and one.sort == "parts":
            for number in range(len(value[one.name])):
                yield from parts(plain, (*steps, one.name, number))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_field_that_a_shipped_scheme_uses_is_known_with_its_sort(name):
    plain = SHIPPED[name].plain
    sorts = {
        "yes_no": bool, "number": (int, float), "whole": int, "text": str, "prose": str,
        "choice": str, "color": str, "key": str, "id": str, "ids": (list, str),
        "texts": (list, str), "part": dict, "parts": list, "other": (dict, list, str),
    }  # fmt: skip
    for steps, part in parts(plain):
        known = {one.name: one for one in MEANINGS.fields(steps, plain)}
        assert set(part) <= set(known), steps
        for field, value in part.items():
            if value is None:
                continue
            assert isinstance(value, sorts[known[field].sort]), (steps, field)
            if known[field].sort == "choice":
                assert value in known[field].choices
        assert all(one.says for one in known.values()), steps


@pytest.mark.parametrize("name", SHIPPED)
def test_what_a_field_refers_to_is_among_what_is_offered(name):
    plain = SHIPPED[name].plain
    for steps, part in parts(plain):
        for one in MEANINGS.fields(steps, plain):
            offered = known_words(plain, (*steps, one.name))
            if one.sort == "id" and offered and isinstance(part.get(one.name), str):
                assert part[one.name] in {*offered, *map(str, derived(plain))}, (steps, one.name)


def derived(plain) -> list[str]:
    return [one["id"] for one in plain.get("derived_tracks", ())]


def test_a_new_track_a_new_code_and_a_new_pass_work_at_once():
    draft = SchemeDraft.small()
    for steps in (
        ("subjects",),
        ("tracks",),
        ("tracks", 1, "codes"),
        ("modifiers",),
        ("audiences",),
    ):
        draft.insert(steps, 99, starter(MEANINGS, draft.text.plain, steps))
    assert [one for one in draft.findings() if one.severity == "error"] == []
    codes = draft.text.value(("tracks", 1, "codes"))
    keys = [code["key"] for track in draft.text.plain["tracks"] for code in track["codes"]]
    assert len(keys) == len(set(keys))
    assert len({code["color"] for code in codes}) == len(codes)


def test_every_list_of_the_format_takes_a_new_item():
    draft = SchemeDraft.small()
    lists = [(one.name,) for one in MEANINGS.fields((), draft.text.plain) if one.sort == "parts"]
    for steps in (
        *lists,
        ("episodes", "set"),
        ("episodes", "end_reasons"),
        ("modifiers", 0, "values"),
    ):
        before = len(draft.text.value(steps) or ())
        item = starter(MEANINGS, draft.text.plain, steps)
        order = [one.name for one in MEANINGS.fields(steps[:-1], draft.text.plain)]
        draft.insert(steps, 99, item, order)
        assert len(draft.text.value(steps)) == before + 1
    rules = {one.rule for one in findings_in(draft.text.source)}
    assert rules.isdisjoint({"wrong-sort", "unknown-field", "unknown-word", "bad-id"})
