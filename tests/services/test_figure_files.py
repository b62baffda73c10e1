"""Figures of a study as files: drawn, with their numbers and captions beside them."""

import csv

import numpy as np
import pytest

from coded_sessions import scheme, worked_events
from imhcode.services.figure_files import NoSuchFigure, study_figures, write_figures
from imhcode.services.measures import Measuring
from imhcode.services.studies import StudyService
from random_coders import random_events


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    path = tmp_path_factory.mktemp("study") / "study.imh"
    with StudyService.create(path, [scheme("abr"), scheme("still_face")]) as service:
        for n, name in enumerate(("abr", "abr", "still_face"), start=1):
            service.ensure_session(f"S0{n}", "D01")
            coding = service.coding(f"S0{n}", "anna", scheme=scheme(name), role="primary")
            random = np.random.default_rng(n)
            coding.add(list(worked_events()) if n == 1 else random_events(scheme(name), random, 90))
        yield service


def test_each_figure_has_its_numbers_beside_it_and_all_have_captions(study, tmp_path):
    some = list(study_figures(Measuring(study), ["survival"]))
    files = write_figures(some, tmp_path / "out", endings=("svg", "pdf"), width="column")
    names = {one.path.name for one in files}
    assert "abr-1.0.0-survival-repair_latency.svg" in names  # two schemes: they say which
    assert len(names) == 3 * len(some) + 1
    captions = (tmp_path / "out" / "captions.txt").read_text("utf-8")
    for name, figure in some:
        rows = list(csv.reader((tmp_path / "out" / f"{name}.csv").read_text("utf-8").splitlines()))
        assert tuple(rows[0]) == figure.columns
        assert len(rows) == 1 + len(figure.rows)
        assert figure.caption in captions


def test_timelines_come_when_they_are_asked_for_or_one_session_is(study):
    ids = [name for name, _ in study_figures(Measuring(study))]
    assert not any("timeline" in one for one in ids)
    assert any("contingency" in one for one in ids)
    asked = [name for name, _ in study_figures(Measuring(study), ["timeline"])]
    assert asked == [
        "abr-1.0.0-timeline-S01-anna-primary",
        "abr-1.0.0-timeline-S02-anna-primary",
        "still_face-1.0.0-timeline-S03-anna-primary",
    ]
    alone = [name for name, _ in study_figures(Measuring(study, session="S01"))]
    assert "timeline-S01-anna-primary" in alone


def test_marks_know_the_observation_that_they_are_of(study):
    ((_, figure),) = study_figures(Measuring(study, session="S01"), ["latencies"])
    (entry,) = [one for one in study.sessions() if one.session.id == "S01"]
    (observation,) = entry.observations
    origins = {one for panel in figure.panels for mark in panel.marks for one in mark.origins}
    assert {one.observation_id for one in origins} == {observation.id}
    assert all(one.event_id and one.time_us is not None for one in origins)


def test_a_figure_that_no_scheme_can_have_is_refused_by_name(study):
    with pytest.raises(NoSuchFigure, match="survival-repair_latency") as refused:
        list(study_figures(Measuring(study), ["lag_plot"]))
    assert "lag_plot" in str(refused.value)


def test_the_same_study_gives_the_same_files(study, tmp_path):
    for name in ("one", "two"):
        some = study_figures(Measuring(study, session="S02"), ["transitions", "timeline"])
        write_figures(some, tmp_path / name)
    files = sorted(one.name for one in (tmp_path / "one").iterdir())
    assert len(files) == 9
    for one in files:
        assert (tmp_path / "one" / one).read_bytes() == (tmp_path / "two" / one).read_bytes()
