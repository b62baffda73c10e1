import copy

import pytest

from answering_scheme import ANSWERING, DOCUMENT
from imhcode.schemes.building import scheme_from_document
from imhcode.schemes.errors import MappingRefused, SchemeFileUnreadable
from imhcode.schemes.mapping import load_mapping, mapping_in, mapping_without_document
from imhcode.schemes.mapping_starter import starter_mapping
from imhcode.schemes.shipped import shipped_schemes
from imhcode.schemes.source import parse, read_source

HEADING = 'imhcode_mapping: "1.0"\nfrom: answering@1.0.0\nto: answering@2.0.0\n'


def version(change=lambda plain: None):
    plain = copy.deepcopy(DOCUMENT) | {"version": "2.0.0"}
    change(plain)
    return scheme_from_document(plain)


SAME = version()


def said(text, new=SAME, heading=HEADING):
    """Line and message of everything that is wrong with a mapping."""
    mapping, findings = mapping_in(parse(heading + text), ANSWERING, new)
    assert (mapping is None) == bool(findings)
    return [(one.line, one.message) for one in findings]


def test_a_mapping_that_says_nothing_keeps_every_name():
    mapping, findings = mapping_in(parse(HEADING), ANSWERING, SAME)
    assert findings == []
    assert mapping.is_reversible
    assert {rule.old for rule in mapping.codes} == {rule.new for rule in mapping.codes}
    assert mapping == mapping_without_document(ANSWERING, SAME)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("codez: []\n", 4, 'unknown field "codez" in the mapping (did you mean "codes"?)'),
        ("codes: {}\n", 4, '"codes" must be a list of changes'),
        ("codes:\n  - look\n", 5, 'an item of "codes" must be a mapping with "change"'),
        (
            "codes:\n  - {change: renam, track: bid, from: look, to: look}\n",
            5,
            '"change" of codes is "renam", which is none (did you mean "rename"?)',
        ),
        ("codes:\n  - {track: bid, from: look}\n", 5, '"change" of codes is missing (there is rename, merge'),
        (
            "codes:\n  - {change: rename, track: bid, from: look}\n",
            5,
            '"rename" lacks "to"',
        ),
        (
            "codes:\n  - {change: look, track: bid, from: look, too: x}\n",
            5,
            '"look" takes no field "too"',
        ),
        (
            "codes:\n  - {change: merge, track: bid, from: look, to: look}\n",
            5,
            '"from" must be a list of words',
        ),
        (
            "codes:\n  - {change: rename, track: bid, from: lock, to: smile}\n",
            5,
            'answering@1.0.0 has no code on bid "lock" (did you mean "look"?)',
        ),
        (
            "codes:\n  - {change: rename, track: bid, from: look, to: smil}\n",
            5,
            'answering@2.0.0 has no code on bid "smil" (did you mean "smile"?)',
        ),
        (
            "codes:\n  - {change: look, track: bids, from: look}\n",
            5,
            'answering@1.0.0 has no track "bids" (did you mean "bid"?)',
        ),
        (
            "codes:\n  - {change: rename, track: bid, from: look, to: smile}\n",
            4,
            '"look" and "smile" would both become "smile"; if so, say merge',
        ),
        (
            ("codes:\n  - {change: look, track: bid, from: look}\n"
            "  - {change: to_note, track: bid, from: look}\n"),
            6,
            'what becomes of "look" is said twice',
        ),
        (
            ("codes:\n  - {change: split, track: bid, from: look, to: [look, smile],"
            " until_then: both}\n"),
            5,
            '"until_then" must be one of the codes in "to"',
        ),
        (
            ("codes:\n  - {change: to_modifier, track: bid, from: look, to: smile,"
            " modifier: clarity, value: dim}\n"),
            5,
            'Clarity of answering@2.0.0 has no value "dim"',
        ),
        (
            ("codes:\n  - {change: split_by, track: bid, from: look, modifier: clarity,"
            " values: {dim: look}}\n"),
            5,
            'Clarity of answering@1.0.0 has no value "dim"',
        ),
        (
            "modifiers:\n  - {change: rename, from: clarity, to: clearness}\n",
            5,
            'answering@2.0.0 has no modifier "clearness"',
        ),
        ("links:\n  - {change: rename, from: answers, to: replies}\n", 5,
         'answering@2.0.0 has no link "replies"'),
        ("ratings:\n  - {change: drop, from: warmth}\n", 5,
         'answering@1.0.0 has no rating "warmth"'),
        (
            ("tracks:\n  - {change: to_modifier, from: state, on: bid, modifier: clarity,"
            " values: {together: clear, aparts: faint}}\n"),
            5,
            'State has no code "aparts"',
        ),
    ],
)  # fmt: skip
def test_every_mistake_has_its_line_and_a_sentence(text, line, message):
    found = said(text)
    assert any(one == line and message in words for one, words in found), found


def test_a_mapping_is_of_two_versions():
    wrong = HEADING.replace("2.0.0", "3.0.0").replace('"1.0"', '"9"')
    assert said("", heading=wrong) == [
        (1, '"imhcode_mapping" is "9"; here it must be "1.0"'),
        (3, '"to" is "answering@3.0.0"; here it must be "answering@2.0.0"'),
    ]


def lose(plain):
    state, bid, answer = plain["tracks"]
    del state["codes"][1]
    del plain["modifiers"][1]
    bid["modifiers"].remove("how")
    plain["modifiers"][0]["values"][1]["id"] = "weak"
    answer["kind"] = "state"
    plain["links"][0]["id"] = "replies"


def test_what_has_no_place_any_more_must_be_decided():
    assert [message for _, message in said("", version(lose))] == [
        "code Apart, or =far (apart) on state is not in answering@2.0.0: say what becomes of it",
        "Joins in (joins) on answer is a point and cannot become a state; say to_note",
        'Clarity (clarity) has no value "faint"; name another in "values"',
        "modifier How (how) is gone: say rename or to_note",
        "link Answers (answers) is gone: rename or drop it",
    ]


def test_the_mapping_that_a_diff_begins_names_every_open_question():
    def change(plain):
        plain["tracks"][0]["codes"][0].update(id="joined")
        plain["tracks"][0]["codes"][1].update(definition="Far from each other.")
        plain["tracks"][1]["codes"].pop()
        plain["modifiers"][0]["values"][1]["id"] = "weak"
        plain["links"][0]["id"] = "replies"
        plain["tracks"][2]["id"] = "reply"
        plain["links"][0]["from_track"] = "reply"

    new = version(change)
    text = starter_mapping(ANSWERING, new)
    mapping, findings = mapping_in(parse(text), ANSWERING, new)
    assert findings == []
    by_old = {rule.old: rule for rule in mapping.codes}
    assert by_old["state", "together"].new == ("state", "joined")
    assert by_old["state", "apart"].look
    assert by_old["bid", "smile"].becomes_note
    assert by_old["answer", "joins"].new == ("reply", "joins")
    assert mapping.links == {"answers": "replies"}
    assert mapping.modifiers[0].values == {"faint": "weak"}
    assert mapping.losses == (
        '"apart" on state waits for a coder to look again',
        'events of "smile" on bid become notes',
    )


def test_a_mapping_file_with_mistakes_is_refused_with_its_first_lines(tmp_path):
    path = tmp_path / "mapping.yaml"
    path.write_text(HEADING + "codes:\n  - {change: look, track: bid, from: lock}\n", "utf-8")
    with pytest.raises(MappingRefused, match=r"mapping.yaml:5: answering@1.0.0 has no code"):
        load_mapping(path, ANSWERING, SAME)
    with pytest.raises(SchemeFileUnreadable):
        load_mapping(tmp_path / "gone.yaml", ANSWERING, SAME)


def test_the_mapping_that_a_diff_begins_holds_between_any_two_schemes():
    """However little they share: every decision has a line with a guess."""
    schemes = [scheme_from_document(read_source(path).plain) for path in shipped_schemes().values()]
    for old in schemes:
        for new in schemes:
            mapping, findings = mapping_in(parse(starter_mapping(old, new)), old, new)
            assert findings == [], (old.id, new.id)
            assert mapping.is_reversible == (old is new)


def test_a_modifier_that_lost_its_name_and_a_value_is_one_decision():
    def change(plain):
        plain["modifiers"][0] |= {"id": "clearness"}
        plain["modifiers"][0]["values"] = [{"id": "clear", "label": "Clear"}]
        plain["tracks"][1]["modifiers"][0] = "clearness"

    new = version(change)
    text = starter_mapping(ANSWERING, new)
    assert '{change: rename, from: clarity, to: clearness, values: {faint: ""}}' in text
    mapping, findings = mapping_in(parse(text), ANSWERING, new)
    assert findings == []
    assert mapping.losses == ('values of "clarity" become one',)
