"""What a lab sets stays with the study, within the limits of the scheme."""

import pytest

from coded_sessions import scheme, worked_events
from imhcode.services.lab_parameters import (
    NoSuchParameter,
    ParameterOutsideLimits,
    as_coded_with,
    save_value,
    saved_values,
)
from imhcode.services.measure_files import measure_records
from imhcode.services.measures import Measuring
from imhcode.services.studies import StudyService

ABR = scheme("abr")
WINDOW = "response_window_s"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "study.imh"
    with StudyService.create(path, [ABR]) as study:
        study.ensure_session("S01", "D01")
        study.coding("S01", "anna", scheme=ABR).add(worked_events())
    return path


def save(study, value, name=WINDOW):
    save_value(study.file, study.schemes(), "abr", name, value, "anna")


def answered(measuring):
    rows = {(one["measure_id"], one["statistic"]): one for one in measure_records(measuring)}
    return rows["response_latency", "n"]


def test_a_saved_number_outlives_the_program_and_is_recorded_with_every_result(path):
    with StudyService.open(path) as study:
        before = answered(Measuring(study))
        save(study, 2.0)
    with StudyService.open(path) as study:
        assert saved_values(study.file, ABR) == {WINDOW: 2.0}
        after = answered(Measuring(study))
        asked_once = answered(Measuring(study, parameters={WINDOW: 5.0}))
    assert (before["value"], after["value"], asked_once["value"]) == (8, 7, 8)
    assert before["params_hash"] == asked_once["params_hash"] != after["params_hash"]


def test_each_change_is_a_line_of_the_log_with_who_and_what_it_was(path):
    with StudyService.open(path) as study:
        save(study, 2.0)
        save(study, 2.0)  # the same again leaves no trace
        save(study, 3.5)
        save(study, None)
        lines = list(study.file.log_of_study().entries())
        key = f"parameter/abr/{WINDOW}"
        assert [(one.edit.before, one.edit.after) for one in lines] == [
            ({}, {key: "2.0"}),
            ({key: "2.0"}, {key: "3.5"}),
            ({key: "3.5"}, {}),
        ]
        assert {one.coder_id for one in lines} == {"anna"}
        assert study.file.log_of_study().broken_at() is None
        assert saved_values(study.file, ABR) == {}


def test_what_the_scheme_does_not_allow_is_refused_and_nothing_changes(path):
    with StudyService.open(path) as study:
        with pytest.raises(ParameterOutsideLimits):
            save(study, 11.0)
        with pytest.raises(NoSuchParameter):
            save(study, 2.0, "turn_gap_s")
        assert not list(study.file.log_of_study().entries())


def test_coding_goes_by_the_same_window_and_keeps_the_scheme_it_is_of(path):
    with StudyService.open(path) as study:
        save(study, 2.0)
        coding = study.coding("S01", "anna", scheme=ABR)
        rule = coding.observation.scheme.link("answers")
        assert rule.window.until_us(None) == 2_000_000
        assert coding.observation.scheme.content_hash == ABR.content_hash
        assert as_coded_with(study.file, ABR).tracks == ABR.tracks
