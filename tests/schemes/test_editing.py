"""Changing one thing in a scheme's text: everything else stays as its author wrote it."""

import difflib
import random

import pytest

from imhcode.schemes.editing import SchemeText, text_of_value, value_of_text
from imhcode.schemes.errors import EditNotWritten, SchemeRefused
from imhcode.schemes.shipped import shipped_schemes

SHIPPED = {name: path.read_bytes().decode("utf-8") for name, path in shipped_schemes().items()}

LAB = """\
# Our lab's scheme.
id: lab   # never changes
title: "Lab"

# What is coded.
tracks:
  # eyes first
  - id: gaze
    label: Gaze
    definition: >-
      Where the infant looks,
      frame by frame.
    codes:
      - {id: face, label: Face, key: f}   # the mother's
      - {id: away, label: Away, key: a}

  # then the mouth
  - id: smile
    label: Smile
    modifiers: [strength, side]
    codes: [{id: broad, label: Broad}]
contexts: [play,
           meal]
"""


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("---", "+++")]


def spots(value, steps=()):
    yield steps
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from spots(inner, (*steps, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from spots(inner, (*steps, number))


def comments(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.lstrip().startswith("#")]


# ---- single operations -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "value", "lines"),
    [
        (("id",), "other", ["-id: lab   # never changes", "+id: other   # never changes"]),
        (("title",), "New: lab", ['-title: "Lab"', '+title: "New: lab"']),
        (("tracks", 0, "label"), "no", ["-    label: Gaze", '+    label: "no"']),
        (
            ("tracks", 0, "codes", 0, "key"),
            "1",
            [
                "-      - {id: face, label: Face, key: f}   # the mother's",
                """+      - {id: face, label: Face, key: "1"}   # the mother's""",
            ],
        ),
        (
            ("tracks", 0, "definition"),
            "Eyes.",
            [
                "-    definition: >-",
                "-      Where the infant looks,",
                "-      frame by frame.",
                "+    definition: Eyes.",
            ],
        ),
        (("tracks", 1, "modifiers", 1), "hand", None),
        (("tracks", 1, "modifiers"), ["hand"], None),
        (("contexts", 0), "bath", ["-contexts: [play,", "+contexts: [bath,"]),
    ],
)
def test_a_value_is_replaced_in_its_place(steps, value, lines):
    after = SchemeText(LAB).putting(steps, value)
    assert after.value(steps) == value
    if lines is not None:
        assert changed_lines(LAB, after.text) == lines
    assert comments(after.text) == comments(LAB)


def test_a_new_field_goes_where_the_format_has_it():
    order = ("id", "label", "kind", "definition", "codes")
    after = SchemeText(LAB).putting(("tracks", 0, "kind"), "state", order)
    assert changed_lines(LAB, after.text) == ["+    kind: state"]
    assert list(after.plain["tracks"][0]) == ["id", "label", "kind", "definition", "codes"]


def test_a_field_inside_a_part_that_is_not_there_makes_the_part():
    after = SchemeText(LAB).putting(("tracks", 0, "interval", "bin_s"), 1)
    assert after.value(("tracks", 0, "interval")) == {"bin_s": 1}
    assert changed_lines(LAB, after.text) == ["+    interval: {bin_s: 1}"]


def test_brackets_that_grow_too_wide_become_lines():
    text = "One sentence about what it is, long enough that the line would run off the screen."
    after = SchemeText(LAB).putting(("tracks", 0, "codes", 1, "definition"), text)
    assert changed_lines(LAB, after.text)[:4] == [
        "-      - {id: away, label: Away, key: a}",
        "+      - id: away",
        "+        label: Away",
        "+        key: a",
    ]
    assert max(map(len, after.text.splitlines())) <= 98


def test_a_long_text_is_folded_and_reads_the_same():
    text = "word " * 60 + "# end: [x]"
    after = SchemeText(LAB).putting(("tracks", 1, "definition"), text)
    assert after.value(("tracks", 1, "definition")) == text
    assert max(map(len, after.text.splitlines())) <= 98


@pytest.mark.parametrize(
    "value",
    ["", " a", "a ", "#5", "a: b", "a #b", "- a", "null", "1.0", "1:30", "~", "on", "Öl", "“a”",
     "two\nlines", "two\n\nlines", "tab\tin", "nul\x85", "'", '"', "{a}", "[", "*a", "&a", "!a",
     "%a", "@a", "`a", "a,b", "?", "שלום", 0, 1.5, 1.0, -3, 1e-7, True, False, None, [], {}, ["a, b"],
     {"a b": {"c": [1, {"d": "e"}]}}, [["a", "b"], ["c", "d"]]],
    ids=repr,
)  # fmt: skip
@pytest.mark.parametrize(
    "steps",
    [("title",), ("tracks", 0, "codes", 0, "label"), ("tracks", 1, "modifiers", 0)],
    ids=str,
)
def test_any_value_means_itself_wherever_it_is_written(steps, value):
    after = SchemeText(LAB).putting(steps, value)
    assert after.value(steps) == value
    assert type(after.value(steps)) is type(value)


def test_what_is_taken_away_takes_its_own_comment_with_it_and_no_other():
    text = SchemeText(LAB)
    after = text.without(("tracks", 1))
    assert comments(after.text) == ["# Our lab's scheme.", "# What is coded.", "# eyes first"]
    assert text.without(("tracks", 0, "codes", 0)).value(("tracks", 0, "codes")) == [
        {"id": "away", "label": "Away", "key": "a"}
    ]
    assert changed_lines(LAB, text.without(("tracks", 0, "label")).text) == ["-    label: Gaze"]
    assert text.without(("tracks", 0, "id")).value(("tracks", 0, "label")) == "Gaze"
    assert text.without(("tracks", 0, "codes", 1, "id")).value(("tracks", 0, "codes", 1)) == {
        "label": "Away",
        "key": "a",
    }


def test_a_list_whose_last_item_goes_goes_too():
    after = SchemeText(LAB).without(("tracks", 1, "codes", 0))
    assert "codes" not in after.plain["tracks"][1]


def test_an_item_is_added_in_the_way_of_its_neighbours():
    text = SchemeText(LAB)
    new = {"id": "down", "label": "Down"}
    assert changed_lines(LAB, text.inserting(("tracks", 0, "codes"), 1, new).text) == [
        "+      - {id: down, label: Down}"
    ]
    after = text.inserting(("tracks",), 2, {"id": "hand", "label": "Hand"})
    assert changed_lines(LAB, after.text) == ["+", "+  - id: hand", "+    label: Hand"]
    assert text.inserting(("links",), 0, new).plain["links"] == [new]
    assert text.inserting(("contexts",), 2, "bath").plain["contexts"] == ["play", "meal", "bath"]
    assert text.inserting(("contexts",), 0, "bath").plain["contexts"] == ["bath", "play", "meal"]


def test_an_item_that_moves_takes_its_comment_along():
    after = SchemeText(LAB).moving(("tracks", 1), 0)
    lines = [line.strip() for line in after.text.splitlines()]
    assert lines.index("# then the mouth") == lines.index("- id: smile") - 1
    assert lines.index("# eyes first") == lines.index("- id: gaze") - 1
    assert after.moving(("tracks", 0), 1).text == LAB


def test_what_cannot_be_written_in_place_is_refused_and_nothing_is_lost():
    odd = "id: x\ntext: |+\n  one\n\n"
    with pytest.raises(EditNotWritten):
        SchemeText(odd).putting(("new",), 1)


@pytest.mark.parametrize("text", ["", "- a\n", "a: [b\n", "just words\n", "a: b\n---\nc: d\n"])
def test_what_is_no_scheme_at_all_is_refused(text):
    with pytest.raises(SchemeRefused):
        SchemeText(text).plain  # noqa: B018


@pytest.mark.parametrize("value", ["all", ["a"], {"a": 1}, [{"a": "b: c"}], 3, {"1": "Low: bad"}])
def test_a_value_can_be_edited_by_itself(value):
    assert value_of_text(text_of_value(value)) == value


@pytest.mark.parametrize("text", ["a: [", "a: 1\na: 2", "a\nother: 3: 4"])
def test_a_value_that_is_no_yaml_says_so(text):
    with pytest.raises(SchemeRefused):
        value_of_text(text)


# ---- the seven -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_a_change_and_its_opposite_leave_every_byte(name):
    text = SchemeText(SHIPPED[name])
    for steps, value in ((("version",), "9.9.9"), (("tracks", 0, "codes", 0, "label"), "Other")):
        before = text.value(steps)
        after = text.putting(steps, value)
        assert len(changed_lines(text.text, after.text)) == 2
        assert after.putting(steps, before).plain == text.plain
    added = text.inserting(("tracks", 0, "codes"), 1, {"id": "new_one", "label": "New"})
    assert added.without(("tracks", 0, "codes", 1)).text == text.text
    last = len(text.plain["tracks"][0]["codes"]) - 1
    moved = text.moving(("tracks", 0, "codes", 0), last)
    assert moved.moving(("tracks", 0, "codes", last), 0).text == text.text


@pytest.mark.parametrize("name", SHIPPED)
def test_random_changes_do_what_they_say_and_keep_every_comment(name):
    """What a change should do is worked out again inside; here: nothing is refused or lost."""
    dice = random.Random(name)
    text = SchemeText(SHIPPED[name])
    told = set(comments(text.text))
    values = ["a b", "no", "x: y", 3, 0.5, True, ["a", "b"], {"min": 1}, [{"id": "x"}], "w " * 70]
    for _ in range(40):
        steps = dice.choice([one for one in spots(text.plain) if one])
        value = text.value(steps)
        do = dice.choice(("put", "field", "insert", "move"))
        if do == "field" and isinstance(value, dict):
            after = text.putting((*steps, "zzz"), dice.choice(values))
        elif do == "insert" and isinstance(value, list):
            after = text.inserting(steps, dice.randint(0, len(value)), dice.choice(values))
        elif do == "move" and isinstance(steps[-1], int):
            after = text.moving(steps, dice.randrange(len(text.value(steps[:-1]))))
        elif not isinstance(value, dict | list):
            after = text.putting(steps, dice.choice(values))
        else:
            continue
        assert told <= set(comments(after.text)), (do, steps)
