"""Whatever stands in a file, it is read or refused with a sentence; the counts always add up."""

import json
import zipfile
from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imhcode.domain.errors import ImhcodeError
from imhcode.formats import FORMATS

WORDS = st.sampled_from(["look", "away", "smile", "infant", "mother (a)", "", "None", "a|b,c", "0"])
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=True, allow_infinity=False)
    | WORDS
    | st.sampled_from(["1.5", "12.345678901", "1e5", "NaN"]),
    lambda inner: st.lists(inner, max_size=7) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
TIMES = st.sampled_from([0, 1.0, 1.001, "2.5", 3, "NaN", None, -1.5]) | VALUES
EVENTS = st.lists(
    st.tuples(TIMES, WORDS | VALUES, WORDS | VALUES, WORDS | VALUES, WORDS).map(list) | VALUES,
    max_size=9,
)
KEYS = [
    *("type", "date", "description", "time offset", "file", "media_info", "independent_variables"),
    *("observation time interval", "media_creation_date_as_offset", "start_from_current_time"),
    *("directories_list", "time offset second player", "zoom level"),
]
OBSERVATIONS = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4)
BEHAVIOURS = st.dictionaries(
    st.sampled_from(["type", "key", "category", "excluded", "modifiers", "coding map", "color"]),
    VALUES | st.sampled_from(["State event", "Point event", "look,away"]),
    max_size=6,
)
TOP = st.dictionaries(
    st.sampled_from(
        [
            *("subjects_conf", "coding_map", "behaviors_coding_map", "converters"),
            *("project_format_version", "project_name", "behavioral_categories", "new"),
        ]
    ),
    VALUES,
    max_size=3,
)


def adds_up(reading):
    refused = sum(one.severity == "error" for one in reading.findings)
    noted = sum(one.counts for one in reading.notes)
    assert reading.found == len(reading.events) + len(reading.ratings) + noted + refused
    tracks = {one.id: {code.id for code in one.codes} for one in reading.vocabulary.tracks}
    assert all(one.code in tracks[one.track] for one in reading.events)
    assert all(one.offset_us is None or one.onset_us <= one.offset_us for one in reading.events)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    top=TOP,
    behaviours=st.dictionaries(WORDS, BEHAVIOURS, max_size=3),
    observation=OBSERVATIONS,
    events=EVENTS | VALUES,
)
def test_any_project_is_read_or_refused(top, behaviours, observation, events, tmp_path_factory):
    path = tmp_path_factory.mktemp("any") / "x.boris"
    project = top | {
        "behaviors_conf": {
            str(n): one | {"code": code} for n, (code, one) in enumerate(behaviours.items())
        },
        "observations": {"o": observation | {"events": events}},
    }
    path.write_text(json.dumps(project), encoding="utf-8")
    with suppress(ImhcodeError):
        adds_up(FORMATS["boris"].read(path))


LINES = st.sampled_from(
    [
        *("#4", "#3", "#2", "#9", "", "x", "0:a-b|FLOAT", "\\", "a\\", "\r", "12:"),
        "look (MATRIX,true,)-code|NOMINAL,x|NOMINAL",
        "look_rel (MATRIX,true,)-code|NOMINAL,x|NOMINAL",
        "id (MATRIX,true,)-coder|NOMINAL,role|NOMINAL,clock_zero_s|NOMINAL",
        "voc (TEXT,false,a)b)",
        "nom (NOMINAL)",
        "m (MATRIX)-",
        "00:00:01:000,00:00:01:999,(a,b)",
        "00:00:02:000,00:00:00:000,(a,.,c,d)",
        "00:00:05:000,00:00:04:000,()",
        "00:00:05:000,00:00:06:000,",
        "00:00:05:000,00:00:06:000,(a\\,b\\",
        "00:00:05:000,00:00:06:000,(<code>,-1.5",
        "00:00:05:000",
        "99:99:99:999,00:00:06:000,(a)",
    ]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(LINES | st.text(max_size=20), max_size=14), end=st.sampled_from(["\n", "\r\n"])
)
def test_any_columns_are_read(lines, end, tmp_path_factory):
    path = tmp_path_factory.mktemp("any") / "x.opf"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("db", end.join(lines).encode("utf-8", "replace"))
        archive.writestr("project", "!project {}")
    adds_up(FORMATS["datavyu"].read(path))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    passes=st.lists(
        st.fixed_dictionaries(
            {"name": WORDS},
            optional={
                "type": WORDS | VALUES,
                "arguments": st.dictionaries(WORDS, VALUES, max_size=3) | VALUES,
                "cells": st.lists(
                    st.fixed_dictionaries(
                        {},
                        optional={
                            "onset": st.sampled_from(["00:00:01:000", "x", 7]),
                            "offset": st.sampled_from(["00:00:00:000", "00:00:02:000", None]),
                            "values": st.lists(WORDS | VALUES, max_size=3) | VALUES,
                        },
                    )
                    | VALUES,
                    max_size=4,
                ),
            },
        ),
        max_size=3,
    )
)
def test_any_json_is_read_or_refused(passes, tmp_path_factory):
    path = tmp_path_factory.mktemp("any") / "x.json"
    path.write_text(json.dumps({"passes": passes}), encoding="utf-8")
    with suppress(ImhcodeError):
        adds_up(FORMATS["datavyu-json"].read(path))
