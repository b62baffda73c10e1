"""The schemes that come with the program, and above all the flagship."""

import subprocess
import sys
from pathlib import Path

import pytest

from imhcode.schemes.building import scheme_from_document
from imhcode.schemes.document import load_scheme, read_document
from imhcode.schemes.errors import SchemeNotFound
from imhcode.schemes.shipped import find_scheme, shipped_schemes


@pytest.fixture(scope="module")
def abr():
    return load_scheme(find_scheme("abr"))


@pytest.mark.parametrize("scheme_id", shipped_schemes())
def test_a_shipped_scheme_has_no_finding_and_is_named_after_its_id(scheme_id):
    path = shipped_schemes()[scheme_id]
    document, findings = read_document(path)
    assert findings == []
    assert document["id"] == scheme_id


def test_all_of_the_flagship_arrives(abr):
    assert (abr.id, abr.version, abr.short_title) == ("abr", "1.0.0", "ABR")
    assert {track.id: len(track.codes) for track in abr.tracks} == {
        "dyad_state": 6,
        "infant_bid": 7,
        "caregiver_response": 11,
        "caregiver_invite": 4,
        "infant_uptake": 6,
        "rupture_repair": 3,
    }
    assert [one.id for one in abr.passes] == [
        "watch",
        "states",
        "bids",
        "responses",
        "invites",
        "repair",
        "check",
    ]
    assert [link.id for link in abr.links] == ["answers", "takes_up", "repair_of"]
    assert len(abr.modifiers) == 12
    assert [subject.role for subject in abr.subjects] == ["child", "caregiver", "group"]
    assert len(abr.document["derived"]) == 17
    assert len(abr.document["checks"]) == 5
    assert len(abr.document["profiles"]) == 3


def test_a_code_arrives_with_everything_its_author_wrote(abr):
    track = abr.track("infant_bid")
    assert (track.kind, track.takes_duration, track.min_gap_us) == ("point", True, 1_000_000)
    code = abr.code("dyad_state", "ruptured")
    assert (code.key, code.color, code.pattern) == ("f", "#D55E00", "crosshatch")
    assert code.classes == ("apart", "mismatched", "rupture")
    assert code.min_duration_us == 2_000_000
    assert code.definition.startswith("The connection is broken")
    assert code.start
    assert code.stop
    assert len(code.include) == 4
    assert len(code.exclude) == 2
    assert code.examples


def test_modifiers_arrive_and_are_not_asked_where_they_make_no_sense(abr):
    track = abr.track("caregiver_response")
    taken = {code.id: [one.id for one in abr.modifiers_for(track, code)] for code in track.codes}
    assert taken["joins"] == ["modality", "tone"]
    assert taken["matches_feeling"] == ["match_dimension", "shift", "modality", "tone"]
    assert taken["no_answer"] == []
    assert taken["cannot_tell"] == []
    shift = next(one for one in abr.modifiers if one.id == "shift")
    assert (shift.default, shift.label_of("no")) == ("no", "No")


def test_every_track_can_say_it_was_not_seen_where_that_counts(abr):
    unseen = {
        track.id for track in abr.tracks if any(c.uncodable and c.key == "u" for c in track.codes)
    }
    assert unseen == {"dyad_state", "caregiver_response", "infant_uptake"}


def test_codes_of_a_track_differ_in_pattern_as_long_as_there_are_patterns(abr):
    for track in abr.tracks:
        patterns = {code.pattern for code in track.codes}
        assert len(patterns) == min(len(track.codes), 8)


def test_a_study_reopens_a_scheme_without_the_slow_libraries(abr):
    script = (
        "import sys, imhcode.schemes.building, imhcode.schemes.shipped, imhcode.schemes.translating\n"
        "slow = {'pydantic', 'ruamel', 'ruamel.yaml'} & set(sys.modules)\n"
        "sys.exit(f'loaded {slow}' if slow else 0)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
    assert scheme_from_document(abr.document) == abr


def test_a_scheme_is_found_by_name_or_by_file(tmp_path: Path):
    own = tmp_path / "own.yaml"
    own.write_text(find_scheme("abr").read_text("utf-8"), "utf-8")
    assert find_scheme(str(own)) == own
    assert find_scheme("abr").name == "abr.yaml"


def test_an_unknown_name_is_answered_with_the_nearest_one():
    with pytest.raises(SchemeNotFound) as refusal:
        find_scheme("abbr")
    assert "abbr" in str(refusal.value)
    assert 'did you mean "abr"?' in str(refusal.value)
    with pytest.raises(SchemeNotFound, match="comes with: abr"):
        find_scheme("nowhere/at_all.yaml")


def test_the_example_for_lab_authors_is_a_scheme_without_findings(tmp_path: Path):
    readme = find_scheme("abr").with_name("README.md").read_text("utf-8")
    _, _, rest = readme.partition("```yaml\n")
    example, _, _ = rest.partition("```")
    own = tmp_path / "my_scheme.yaml"
    own.write_text(example, "utf-8")
    document, findings = read_document(own)
    assert findings == []
    assert document["id"] == "my_scheme"
