"""``ratings.csv`` comes back: what was written is given again, what cannot be is refused."""

from pathlib import Path

import pytest

from imhcode.domain.rating import Rating
from imhcode.domain.study import Session
from imhcode.formats.csv import CsvFormat
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.exporting import export
from imhcode.services.importing import import_file
from imhcode.services.studies import StudyService

GLOBAL = load_scheme(find_scheme("global_ratings"))


@pytest.fixture
def rated(tmp_path):
    """A study with a rating that has evidence, confidence and a comment, and its twin without."""
    with (
        StudyService.create(tmp_path / "one.imh", [GLOBAL]) as one,
        StudyService.create(tmp_path / "two.imh", [GLOBAL]) as two,
    ):
        one.file.add(Session(id="S01"))
        coding = one.coding("S01", "anna")
        for number, scale in enumerate(one for one in GLOBAL.ratings if "session" in one.scope):
            confidence = scale.confidences[0] if scale.confidences else ""
            comment = f"said “=1+1”, {number}"
            coding.rate(scale.id, value=scale.scale.minimum, confidence=confidence, comment=comment)
        export(one, "csv", tmp_path / "out")
        yield one, two, tmp_path / "out"


def ratings_of(study) -> list[Rating]:
    (entry,) = study.session("S01").observations
    return sorted(study.file.ratings_of(entry.id), key=lambda one: one.scale)


def test_ratings_come_back_as_they_were_by_one_edit(rated):
    one, two, folder = rated
    report = import_file(two, folder / "ratings.csv")
    before = ratings_of(one)
    assert before
    assert (report.found, report.imported, report.refused) == (len(before), len(before), 0)
    assert ratings_of(two) == before
    coding = two.coding("S01", "anna")
    assert len(coding.history) == 1
    coding.undo()
    assert ratings_of(two) == []


def test_events_with_ratings_beside_them_say_so(rated):
    _, two, folder = rated
    events = folder / "events.csv"
    report = import_file(two, events, dry_run=True)
    assert [one.rule for one in report.findings] == ["ratings-beside"]


@pytest.mark.parametrize(
    ("row", "rule", "said"),
    [
        ("S01,anna,sensitivty,3,,", "rating-refused", "sensitivty"),
        ("S01,anna,sensitivity,99,,", "rating-refused", "99"),
        ("S01,anna,sensitivity,often,,", "not-a-number", "“often” is not a value"),
        ("S01,anna,sensitivity,3,x,", "not-a-number", "“x” is not the number of an episode"),
        ("S01,anna,sensitivity,3,,gone", "rating-refused", "gone"),
        (",anna,sensitivity,3,,", "no-session", "names no session"),
    ],
)
def test_a_rating_that_cannot_be_is_refused_and_the_others_come_in(
    rated, tmp_path, row, rule, said
):
    _, two, _ = rated
    table = tmp_path / "ratings.csv"
    head = "session_id,coder_id,scale_id,value,episode_n,evidence_event_ids\n"
    good = f"S01,anna,{GLOBAL.ratings[1].id},{GLOBAL.ratings[1].scale.minimum:g},,\n"
    table.write_text(head + row + "\n" + good, encoding="utf-8")
    report = import_file(two, table)
    (finding,) = report.findings
    assert (finding.severity, finding.rule, finding.line) == ("error", rule, 2)
    assert said in finding.message
    assert (report.found, report.imported, report.refused) == (2, 1, 1)


def test_tables_of_ours_are_recognised_by_their_first_line():
    ours = CsvFormat()
    assert ours.recognises(b"\xef\xbb\xbftrack_id;code;onset_ms\r\n1;2;3")
    assert ours.recognises(b"session_id,scale_id,value\n")
    assert not ours.recognises(b"Observation id,Behavior,Start (s)\n")
    assert not ours.recognises(b"")


def test_a_table_of_links_alone_is_refused_with_the_way_out(tmp_path):
    path = Path(tmp_path / "links.csv")
    path.write_text("link_id,from_event_id,to_event_id\nanswers,a,b\n")
    with pytest.raises(Exception, match=r"the same links stand in events\.csv"):
        CsvFormat().read(path)
