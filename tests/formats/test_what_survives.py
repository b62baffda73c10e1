"""The table of formats in the manual is true: what it says comes back does, and nothing else."""

from pathlib import Path

import pytest

from imhcode.domain.errors import Refused
from imhcode.formats import FORMATS
from rich_record import EVENTS, OBSERVATION, RECORD

MANUAL = Path(__file__).parents[2] / "docs" / "manual" / "formats.md"
COLUMNS = (
    *("onset", "offset", "code", "modifier", "subject", "link", "comment", "transcript"),
    *("coder", "rating", "offset of media"),
)
NO, WRITTEN_ONLY, READ_ONLY = "–", "written only", "read only"


def table() -> dict[str, dict[str, str]]:
    """Rows of the table under “What survives”, by the name of the format."""
    text = MANUAL.read_text(encoding="utf-8").split("## What survives", 1)[1].split("\n## ", 1)[0]
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|")
    ]
    assert tuple(rows[0][1:]) == COLUMNS
    return {row[0].strip("`"): dict(zip(COLUMNS, row[1:], strict=True)) for row in rows[2:]}


class Survivors:
    """What of the rich record comes back from the files of one format."""

    def __init__(self, name: str, folder: Path) -> None:
        format_ = FORMATS[name]
        readings = []
        for part in format_.write("study", [RECORD], folder):
            if any(part.name.lower().endswith(one) for one in format_.suffixes):
                try:
                    readings.append(format_.read(folder / part.name))
                except Refused:
                    continue  # a file that stands beside the events, to be read by people
        assert readings
        self.events = [one for reading in readings for one in reading.events]
        self.ratings = [one for reading in readings for one in reading.ratings]
        self.media = [one for reading in readings for one in reading.media]
        self.subjects = {
            track.id: track.subject
            for reading in readings
            if reading.vocabulary is not None
            for track in reading.vocabulary.tracks
        }
        self.ours = all(reading.vocabulary is None for reading in readings)
        self.pairs = [(one, self.nearest(one)) for one in EVENTS]

    def nearest(self, event):
        """The event that came of one: the same onset, as far as the format can say it."""
        words = {event.code, OBSERVATION.scheme.code(event.track, event.code).label}
        near = [one for one in self.events if abs(one.onset_us - event.onset_us) <= 500_000]
        return min(near, key=lambda one: (
            not any(word in f"{one.track} {one.code} {one.transcript}" for word in words),
            abs(one.onset_us - event.onset_us),
        ))  # fmt: skip

    def time(self, ours, theirs) -> str:
        off = max(abs((b or 0) - (a or 0)) for a, b in zip(ours, theirs, strict=True))
        return "µs" if off == 0 else "ms" if off < 1000 else NO

    def onset(self):
        return self.time([a.onset_us for a, _ in self.pairs], [b.onset_us for _, b in self.pairs])

    def offset(self):
        lasting = [(a, b) for a, b in self.pairs if not a.is_instant]
        return self.time([a.offset_us for a, _ in lasting], [b.offset_us for _, b in lasting])

    def code(self):
        """Yes if events of one code, and only those, have one code again."""
        pairs = {((a.track, a.code), (b.track, b.code)) for a, b in self.pairs}
        alike = len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})
        return "yes" if alike else NO

    def modifier(self):
        def values(event):
            return sorted(v for _, some in event.modifiers for v in "|".join(some).split("|") if v)

        return "yes" if all(values(a) == values(b) for a, b in self.pairs) else NO

    def subject(self):
        """Yes if the file says it, or its tracks are those of the scheme, which does."""
        if self.ours and all(a.track == b.track for a, b in self.pairs):
            return "yes"
        pairs = {
            (OBSERVATION.scheme.track(a.track).subject, self.subjects.get(b.track, ""))
            for a, b in self.pairs
        }
        alike = len(pairs) == len({b for _, b in pairs}) and all(b for _, b in pairs)
        return "yes" if alike else NO

    def link(self):
        (source,) = [b for a, b in self.pairs if a.links]
        (target,) = [b for a, b in self.pairs if a.id == "b1"]
        return "yes" if [one.target for one in source.links] == [target.event_id] else NO

    def comment(self):
        return "yes" if all(a.comment in ("", b.comment) for a, b in self.pairs) else NO

    def transcript(self):
        return "yes" if all(a.transcript in ("", b.transcript) for a, b in self.pairs) else NO

    def coder(self):
        return "yes" if {b.coder_id for _, b in self.pairs} == {"anna"} else NO

    def rating(self):
        return (
            "yes" if [(one.scale, one.value) for one in self.ratings] == [("warmth", 3.0)] else NO
        )

    def offset_of_media(self):
        ours = [(Path(one.path).name, one.offset_us) for one in RECORD.recordings]
        theirs = [(Path(one.path).name, one.offset_us) for one in self.media]
        return "yes" if sorted(ours) == sorted(theirs) else NO


def test_the_table_names_every_format_and_no_other():
    assert sorted(table()) == FORMATS.names()


@pytest.mark.parametrize("name", FORMATS.names())
def test_what_the_table_says_is_what_comes_back(tmp_path, name):
    said = table().get(name)
    assert said is not None, f"the table in docs/manual/formats.md has no row for {name}"
    format_ = FORMATS[name]
    if not format_.writes:
        assert set(said.values()) == {READ_ONLY}
        assert format_.suffixes
        return
    if not format_.suffixes:
        assert set(said.values()) == {WRITTEN_ONLY}
        assert format_.write("study", [RECORD], tmp_path)
        return
    survivors = Survivors(name, tmp_path)
    found = {one: getattr(survivors, one.replace(" ", "_"))() for one in COLUMNS}
    assert found == said


@pytest.mark.parametrize("name", FORMATS.names())
def test_what_does_not_come_back_is_said_beforehand(tmp_path, name):
    """A loss is declared for every thing that the table says is lost."""
    said = table().get(name, {})
    losses = {one.what for one in FORMATS[name].losses([RECORD])}
    declared = {
        "onset": "microseconds",
        "modifier": "modifiers",
        "link": "links",
        "comment": "comments",
        "rating": "ratings",
    }
    for column, what in declared.items():
        if said.get(column) in (NO, "ms"):
            assert what in losses, f"{name} loses {column} and does not say so"
