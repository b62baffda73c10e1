import copy

import pytest

from imhcode.schemes.diff import bump_between, differences, fitting_bump

OLD = {
    "imhcode_scheme": "1.0",
    "id": "lab",
    "version": "1.0.0",
    "title": "Lab",
    "summary": "What we do.",
    "class_vocabulary": ["near"],
    "subjects": [{"id": "dyad", "label": "Dyad", "role": "group"}],
    "tracks": [
        {
            "id": "dyad_state",
            "label": "Dyad state",
            "subject": "dyad",
            "kind": "state",
            "exclusive": True,
            "min_duration_s": 1.0,
            "codes": [
                {
                    "id": "attuned",
                    "label": "Attuned",
                    "key": "a",
                    "color": "#009E73",
                    "classes": ["near"],
                    "definition": "Both partners attend to each other or to the same thing, and "
                    "each adjusts to what the other does.",
                },
                {
                    "id": "apart",
                    "label": "Apart",
                    "definition": "Each is busy with something, and nobody is asking for anything.",
                },
            ],
        },
        {
            "id": "bid",
            "label": "Bids",
            "subject": "dyad",
            "kind": "point",
            "codes": [{"id": "look", "label": "Look bid", "key": "q"}],
        },
    ],
    "modifiers": [
        {
            "id": "clarity",
            "label": "Signal clarity",
            "type": "choice",
            "values": [{"id": "clear", "label": "Clear"}, {"id": "faint", "label": "Faint"}],
        }
    ],
    "links": [
        {
            "id": "answers",
            "label": "Answers bid",
            "from_track": "dyad_state",
            "to_track": "bid",
            "window_s": {"min": 0, "max": 5},
        }
    ],
}


def state(plain):
    return plain["tracks"][0]


def attuned(plain):
    return state(plain)["codes"][0]


def after(change):
    plain = copy.deepcopy(OLD)
    change(plain)
    return differences(OLD, plain)


def set_(place, field, value):
    def change(plain):
        place(plain)[field] = value

    return change


@pytest.mark.parametrize(
    ("change", "weight", "message"),
    [
        (set_(attuned, "key", "q"), "handling", "Code “Attuned” on Dyad state: key a → q"),
        (
            set_(attuned, "color", "#000000"),
            "wording",
            "Code “Attuned” on Dyad state: color #009E73 → #000000",
        ),
        (
            set_(attuned, "label", "In tune"),
            "wording",
            "Code “Attuned” on Dyad state: label “Attuned” → “In tune”",
        ),
        (
            set_(state, "min_duration_s", 2.5),
            "meaning",
            "Track “Dyad state”: min duration 1 s → 2.5 s",
        ),
        (set_(state, "exclusive", False), "meaning", "Track “Dyad state”: exclusive yes → no"),
        (set_(state, "exhaustive", True), "meaning", "Track “Dyad state”: exhaustive yes is new"),
        (
            set_(attuned, "classes", ["near", "warm"]),
            "meaning",
            "Code “Attuned” on Dyad state: classes with warm",
        ),
        (
            set_(attuned, "definition", attuned(OLD)["definition"].replace("same thing", "toy")),
            "meaning",
            "Code “Attuned” on Dyad state: definition “… the same thing, and …” → “… the toy, and …”",
        ),
        (
            lambda plain: plain["links"][0]["window_s"].update(max=4),
            "meaning",
            "Window of link “Answers bid” (answers): max 5 → 4",
        ),
        (set_(lambda plain: plain, "class_vocabulary", ["near", "far"]), "addition",
         "The scheme: class vocabulary with far"),
        (set_(lambda plain: plain, "summary", "Else."), "wording",
         "The scheme: summary “What we do.” → “Else.”"),
        (
            lambda plain: plain["tracks"][1]["codes"].append({"id": "smile", "label": "Smile"}),
            "addition",
            "Code “Smile” on Bids is new",
        ),
        (
            lambda plain: state(plain)["codes"].append({"id": "unseen", "label": "Cannot see"}),
            "meaning",
            "Code “Cannot see” (unseen) on Dyad state is new and takes time from its neighbours",
        ),
        (
            lambda plain: state(plain)["codes"].pop(),
            "meaning",
            "Code “Apart” on Dyad state is gone",
        ),
        (
            lambda plain: state(plain)["codes"].reverse(),
            "wording",
            "Track “Dyad state”: codes stand in another order",
        ),
        (
            lambda plain: plain["modifiers"][0]["values"].pop(),
            "meaning",
            "Value “Faint” of Signal clarity is gone",
        ),
    ],
)  # fmt: skip
def test_every_change_is_said_in_words_with_its_weight(change, weight, message):
    assert [(one.weight, one.message) for one in after(change)] == [(weight, message)]


def test_a_code_of_another_name_with_the_same_definition_is_perhaps_renamed():
    def change(plain):
        attuned(plain).update(id="in_tune", key="t")

    renamed, key = after(change)
    assert (renamed.kind, renamed.where, renamed.renamed_to) == (
        "renamed",
        "tracks.dyad_state.codes.attuned",
        "in_tune",
    )
    assert "is perhaps “Attuned” (in_tune) now: the same definition" in renamed.message
    assert key.message == "Code “Attuned” on Dyad state: key a → t"


def test_a_track_of_another_name_with_the_same_codes_is_perhaps_renamed():
    (renamed,) = [
        one for one in after(set_(state, "id", "together")) if one.where.startswith("tracks")
    ]
    assert (renamed.kind, renamed.renamed_to) == ("renamed", "together")


def test_codes_that_share_nothing_are_one_gone_and_one_new():
    def change(plain):
        state(plain)["codes"][1] = {"id": "ruptured", "label": "Ruptured", "definition": "Broken."}

    assert [one.kind for one in after(change)] == ["removed", "added"]


def test_the_weightiest_come_first_and_decide_the_version():
    def change(plain):
        attuned(plain).update(color="#000000", key="q")
        plain["tracks"][1]["codes"].append({"id": "smile", "label": "Smile"})
        state(plain)["min_duration_s"] = 2.0

    found = after(change)
    assert [one.weight for one in found] == ["meaning", "addition", "handling", "wording"]
    verdicts = [fitting_bump(found[n:]) for n in range(5)]
    assert verdicts == ["major", "minor", "minor", "patch", "none"]


def test_a_new_version_of_the_same_is_no_difference():
    plain = copy.deepcopy(OLD) | {"version": "1.0.1", "approval": {"state": "pilot"}}
    assert differences(OLD, plain) == []


@pytest.mark.parametrize(
    ("old", "new", "raised"),
    [
        ("1.0.0", "2.0.0", "major"),
        ("1.9.0", "1.10.0", "minor"),
        ("1.0.0", "1.0.1", "patch"),
        ("1.0.0", "1.0.0-pilot.1", "none"),
        ("2.0.0", "1.9.9", "down"),
    ],
)
def test_which_number_was_raised(old, new, raised):
    assert bump_between(old, new) == raised
