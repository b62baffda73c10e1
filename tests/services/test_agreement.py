"""Agreement from a real study file: the demo's documented differences, and nothing else."""

import csv
from dataclasses import replace

import numpy as np
import pytest

from imhcode.analysis.pair_parameters import Parameters
from imhcode.domain.errors import Refused
from imhcode.domain.study import Coder
from imhcode.media.superseded import Superseded
from imhcode.services import agreement as module
from imhcode.services.agreement import agreement
from imhcode.services.agreement_files import write_agreement
from imhcode.services.agreement_pairs import Choice, NothingToCompare
from imhcode.services.agreement_report import agreement_page
from imhcode.services.demo import make_demo
from imhcode.services.importing import import_file
from imhcode.services.samples import sample_folder
from imhcode.services.studies import StudyService


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with StudyService.open(make_demo(tmp_path_factory.mktemp("demo"))) as study:
        yield study


@pytest.fixture(scope="module")
def found(demo):
    return agreement(demo)


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


KINDS = {
    "boundary_late": "late",
    "boundary_early": "early",
    "onset_late": "late",
    "onset_early": "early",
    "confused_state": "confused",
    "wrong_code": "confused",
    "wrong_modifier": "modifier",
    "missed_event": "missed",
    "added_event": "added",
}


def documented(row):
    """What ``differences.csv`` says: track, kind, events, and by how many frames or which value."""
    kind = KINDS[row["kind"]]
    detail = ""
    if kind in ("early", "late"):
        frames = int("".join(char for char in row["what"] if char.isdigit()))
        detail = str(frames if kind == "late" else -frames)
    if kind == "modifier":
        detail = row["what"].split(":")[0]
    return (row["track_id"], kind, row["gold_event_id"], row["trainee_event_id"], detail)


def reported(row):
    detail = row["by_frames"] if row["kind"] in ("early", "late") else row["modifier"]
    return (row["track_id"], row["kind"], row["event_a"], row["event_b"], detail)


def test_every_documented_difference_is_found_and_no_other(demo, found, tmp_path):
    write_agreement(demo, found, tmp_path)
    ours = sorted(map(reported, table(tmp_path / "disagreements.csv")))
    theirs = sorted(map(documented, table(sample_folder() / "differences.csv")))
    assert ours == theirs


def test_the_gold_standard_is_the_first_of_a_pair(found):
    (one,) = found.comparisons
    assert [(pair.a.coder_id, pair.b.coder_id) for pair in one.pairs] == [("gold", "trainee")]
    assert {row.coder_a for row in one.rows} == {"gold"}


def test_missed_and_added_events_are_those_of_the_list(found):
    (one,) = found.comparisons
    bids = next(r for r in one.rows if r.track_id == "infant_bid" and r.index == "kappa_event")
    assert (bids.n_events_a, bids.n_events_b) == (16, 16)
    assert (bids.n_matched, bids.n_only_a, bids.n_only_b) == (15, 1, 1)


def test_the_files_say_what_they_were_made_from(demo, found, tmp_path):
    files = write_agreement(demo, found, tmp_path / "first")
    again = write_agreement(demo, agreement(demo), tmp_path / "second")
    assert [one.sha256 for one in files] == [one.sha256 for one in again]
    rows = table(tmp_path / "first" / "agreement.csv")
    assert {row["params_hash"] for row in rows} == {found.parameters.digest()}
    assert {row["analysis_id"] for row in rows} == {found.analysis_id}
    assert all(bool(row["value"]) != bool(row["null_reason"]) for row in rows)
    assert {row["unit"] for row in rows if row["index"] == "kappa_time"} == {"time"}
    other = agreement(demo, parameters=Parameters(tolerance_us=500_000))
    assert other.analysis_id != found.analysis_id
    cells = table(tmp_path / "first" / "confusion.csv")
    seconds = sum(
        float(row["amount"])
        for row in cells
        if (row["track_id"], row["level"], row["basis"]) == ("dyad_state", "pooled", "time")
    )
    assert seconds == pytest.approx(114.0)  # two minutes without the six that cannot be seen


def test_batches_change_nothing(demo, found, monkeypatch):
    monkeypatch.setattr(module, "EVENTS_AT_ONCE", 1)
    assert agreement(demo).comparisons[0].rows == found.comparisons[0].rows


def test_a_choice_that_leaves_nothing_is_refused(demo):
    with pytest.raises(NothingToCompare, match="gold"):
        agreement(demo, Choice(coders=("gold",)))
    for choice in (
        Choice(sessions=("S99",)),
        Choice(coders=("nobody",)),
        Choice(tracks=("nothing",)),
        Choice(scheme="other"),
        Choice(roles=("boss",)),
    ):
        with pytest.raises(Refused):
            agreement(demo, choice)


def test_what_was_agreed_on_afterwards_is_no_record_of_its_own(tmp_path):
    with StudyService.open(make_demo(tmp_path)) as study:
        study.file.add(Coder(id="both"))
        import_file(study, sample_folder() / "gold_events.csv", coder="both", role="consensus")
        assert len(agreement(study).comparisons[0].pairs) == 1
        asked = agreement(study, Choice(roles=("gold", "consensus"))).comparisons[0]
        assert [(pair.a.coder_id, pair.b.coder_id) for pair in asked.pairs] == [("gold", "both")]
        kappas = [row.value for row in asked.rows if row.index in ("kappa_time", "kappa_event")]
        assert any(kappas)
        assert all(one is None or one == pytest.approx(1, abs=1e-9) for one in kappas)


def test_three_coders_are_compared_two_by_two_and_all_at_once(tmp_path):
    with StudyService.open(make_demo(tmp_path)) as study:
        import_file(study, sample_folder() / "trainee_events.csv", coder="third", role="primary")
        (one,) = agreement(study).comparisons
        assert len(one.pairs) == 3
        rows = {row.index: row for row in one.rows if row.level == "pooled" and not row.code}
        assert rows["kappa_fleiss"].value == pytest.approx(rows["kappa_light"].value, abs=0.05)
        assert rows["alpha_nominal"].null_reason == ""
        page = agreement_page(study, agreement(study))
        assert "Light's kappa" in page.replace("&#39;", "'")
        assert "None" not in page


def test_it_tells_how_far_it_is_and_stops_when_nobody_wants_it(demo):
    shares = []
    agreement(demo, on_progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    with pytest.raises(Superseded):
        agreement(demo, wanted=lambda: False)


def test_columns_from_the_file_are_the_events_of_the_observations(demo, found):
    """The fast way from the file gives what whole observations give."""
    from imhcode.analysis.compared_pair import pair_of
    from imhcode.services.agreement_reading import PairReader

    (one,) = found.comparisons
    reader = PairReader(demo, one.scheme, list(one.tables))
    (fast,) = reader.read(one.pairs)
    observations = [demo.observation(entry) for entry in (one.pairs[0].a, one.pairs[0].b)]
    slow = pair_of(*observations, fast.window_us)
    for lanes, whole in ((fast.a, slow.a), (fast.b, slow.b)):
        for track in one.tables:
            mine, theirs = lanes[track], whole[track]
            assert mine.onsets.tolist() == theirs.onsets.tolist()
            assert mine.offsets.tolist() == theirs.offsets.tolist()
            assert mine.codes.tolist() == theirs.codes.tolist()
            if mine.links:
                assert list(mine.links) == list(theirs.links)
            if mine.modifiers:
                assert list(mine.modifiers) == list(theirs.modifiers)
    assert fast.scored.length_us == slow.scored.length_us


def test_one_coder_twice_is_compared_when_asked_for(tmp_path):
    with StudyService.open(make_demo(tmp_path)) as study:
        import_file(study, sample_folder() / "gold_events.csv", coder="gold", role="reliability")
        (one,) = agreement(study, Choice(coders=("gold",))).comparisons
        assert [(pair.a.role, pair.b.role) for pair in one.pairs] == [("gold", "reliability")]
        assert replace(one.pairs[0].a, id="") != replace(one.pairs[0].b, id="")


@pytest.fixture
def visits(tmp_path):
    """The demo's two records again as those of three more sessions, each with less of them."""
    with StudyService.open(make_demo(tmp_path)) as study:
        for number in range(2, 5):
            study.ensure_session(f"S0{number}")
            for coder, role in (("gold", "gold"), ("trainee", "training")):
                with (sample_folder() / f"{coder}_events.csv").open(encoding="utf-8") as file:
                    head, *lines = file.read().splitlines()
                kept = [one for k, one in enumerate(lines) if k % (number + 1)]
                path = tmp_path / f"{coder}{number}.csv"
                text = "\n".join([head, *kept]).replace("S01", f"S0{number}")
                path.write_text(text + "\n", encoding="utf-8")
                import_file(study, path, coder=coder, role=role)
        yield study


def test_measures_are_compared_over_the_sessions_when_asked_for(visits):
    from imhcode.analysis.intraclass import icc
    from imhcode.services.agreement_provenance import provenance
    from imhcode.services.measures import Measuring

    plain, found = agreement(visits), agreement(visits, Choice(measures=True))
    (one,) = found.comparisons
    assert not [row for row in plain.comparisons[0].rows if row.unit == "measure"]
    assert set(plain.comparisons[0].rows) < set(one.rows)
    values = {}
    for sitting in Measuring(visits).sittings():
        for measured in sitting.measured:
            if measured.measure_id == "bid_rate":
                about = sitting.about.session_id, sitting.about.coder_id
                values[about] = measured.result.numbers[0].value
    scores = [[values[f"S0{n}", coder] for coder in ("gold", "trainee")] for n in range(1, 5)]
    row = next(r for r in one.rows if (r.track_id, r.index) == ("bid_rate", "icc_2_1"))
    theirs = icc(np.array(scores), "2_1")
    assert (row.value, row.ci_low) == (pytest.approx(theirs.value), pytest.approx(theirs.low))
    assert (row.unit, row.n_sessions, row.coder_a) == ("measure", 4, "gold")
    assert found.analysis_id != plain.analysis_id
    (about,) = provenance(found)["comparisons"]
    assert about["measures_params_hash"] == one.measures_digest
    assert provenance(found)["choice"] == {"measures": True}
    assert "measures_params_hash" not in provenance(plain)["comparisons"][0]


def test_somebody_who_stops_wanting_it_stops_the_measures(visits):
    asked = []
    with pytest.raises(Superseded):
        agreement(
            visits,
            Choice(measures=True),
            wanted=lambda: not asked or max(asked) < 0.999,
            on_progress=asked.append,
        )
