"""Measures of a whole study: files, parameters, several sessions."""

import csv
import hashlib
import json
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from coded_sessions import S, point, scheme, state, worked_events
from imhcode.services.episodes import EpisodeService
from imhcode.services.lab_parameters import NoSuchParameter, ParameterOutsideLimits
from imhcode.services.measure_files import measure_records, write_measures
from imhcode.services.measures import Measuring, NoSuchEpisodeKind
from imhcode.services.studies import StudyService
from imhcode.services.whole_folder import FileInTheWay
from imhcode.store.errors import NoSuchEntry
from random_coders import random_events

TABLES = {
    *("measures.csv", "measures_wide.csv", "survival.csv", "transitions.csv"),
    *("contingency.csv", "lags.csv", "bins.csv", "sessions.csv", "codebook.csv"),
}
SCRIPTS = {"import_in_r.R", "import_in_spss.sps"}
#: the contract of the command line, in this order
MEASURES = (
    *("session_id", "dyad_id", "coder_id", "coding_role", "scheme_id", "scheme_version"),
    *("episode_id", "measure_id", "statistic", "value", "n", "n_censored", "null_reason"),
    *("denominator_s", "episode_n", "params_hash"),
)


@pytest.fixture
def study(tmp_path):
    with StudyService.create(tmp_path / "study.imh", [scheme("abr")]) as service:
        fill(service, "S01", "D01", worked_events())
        yield service


def fill(service, session_id, dyad_id, events, *, of="abr", role="primary", coder="anna"):
    service.ensure_session(session_id, dyad_id)
    coding = service.coding(session_id, coder, scheme=scheme(of), role=role)
    coding.add(list(events))


def rows_of(path):
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def values(records, **wanted):
    return {
        (one["measure_id"], one["statistic"]): one["value"]
        for one in records
        if all(one[name] == value for name, value in wanted.items())
    }


def test_the_tables_are_written_with_a_manifest_that_knows_their_bytes(study, tmp_path):
    files = write_measures(Measuring(study), tmp_path / "out")
    assert {one.path.name for one in files} == TABLES | SCRIPTS | {"measures_manifest.json"}
    assert {one.name for one in (tmp_path / "out").iterdir()} == {one.path.name for one in files}
    manifest = json.loads((tmp_path / "out" / "measures_manifest.json").read_text("utf-8"))
    for one in manifest["files"]:
        content = (tmp_path / "out" / one["path"]).read_bytes()
        if not one["path"].endswith(".csv"):
            continue
        assert hashlib.sha256(content).hexdigest() == one["sha256"]
        assert content.count(b"\n") == one["rows"] + 1
    (told,) = manifest["schemes"]
    assert told["parameters"] == {"response_window_s": 5.0, "repaired_hold_s": 2.0}
    assert {one["params_hash"] for one in rows_of(tmp_path / "out" / "measures.csv")} == {
        told["params_hash"]
    }


def test_measures_csv_has_the_columns_of_the_contract_and_the_numbers(study, tmp_path):
    write_measures(Measuring(study), tmp_path / "out")
    rows = rows_of(tmp_path / "out" / "measures.csv")
    assert tuple(rows[0]) == MEASURES
    found = values(rows, episode_id="")
    assert found["attunement_index", "value"] == "0.42857142857142855"
    assert found["repair_latency", "kaplan_meier_median"] == "11"
    assert found["state_transitions", "transitions_per_min"] == "7.5"
    (rate,) = [one for one in rows if one["measure_id"] == "bid_rate"]
    assert (rate["n"], rate["denominator_s"], rate["dyad_id"]) == ("10", "56", "D01")


def test_the_same_study_gives_the_same_bytes(study, tmp_path):
    for name in ("one", "two"):
        write_measures(Measuring(study), tmp_path / name)
    for one in (tmp_path / "one").iterdir():
        assert one.read_bytes() == (tmp_path / "two" / one.name).read_bytes()


def test_pandas_reads_every_table_with_the_right_types(study, tmp_path):
    write_measures(Measuring(study), tmp_path)
    long = pd.read_csv(tmp_path / "measures.csv")
    assert long["value"].dtype == float
    assert long["null_reason"].dropna().map(type).eq(str).all()
    waits = pd.read_csv(tmp_path / "survival.csv")
    assert set(waits["event"]) == {0, 1}
    assert waits["time_s"].gt(0).all()
    pairs = pd.read_csv(tmp_path / "transitions.csv")
    assert pairs["count"].sum() == 7
    assert (pairs[pairs["structural_zero"] == 1]["count"] == 0).all()
    seconds = pd.read_csv(tmp_path / "bins.csv", keep_default_na=False)
    assert len(seconds) == 60
    assert seconds["codable_s"].astype(float).sum() == 56
    assert seconds["dyad_state"].value_counts()["attuned"] == 24
    assert seconds.loc[2, "infant_bid"] == "vocal"
    square = pd.read_csv(tmp_path / "contingency.csv").iloc[0]
    assert [square[one] for one in ("near_target", "near_none", "away_target", "away_none")] == [
        *(9, 30, 3, 14)
    ]
    visit = pd.read_csv(tmp_path / "sessions.csv").iloc[0]
    assert (visit["codable_s"], visit["uncodable_s"], visit["n_events"]) == (56, 4, 41)


def test_every_column_has_a_name_that_statistics_programs_take(tmp_path):
    names = ("abr", "still_face", "regulation_soothing", "shared_play", "joint_attention")
    with StudyService.create(tmp_path / "s.imh", [scheme(one) for one in names]) as service:
        for name in names:
            events = random_events(scheme(name), np.random.default_rng(1), 60)
            fill(service, "S01", "D01", events, of=name)
        write_measures(Measuring(service), tmp_path / "out")
    for table in TABLES:
        header = (tmp_path / "out" / table).read_text("utf-8").splitlines()[0].split(",")
        assert len(set(header)) == len(header), table
        for one in header:
            assert re.fullmatch(r"[a-z][a-z0-9_]{0,31}", one), (table, one)
    variables = {one["variable"] for one in rows_of(tmp_path / "out" / "codebook.csv")}
    wide = (tmp_path / "out" / "measures_wide.csv").read_text("utf-8").splitlines()[0].split(",")
    assert set(wide[9:]) <= variables


def test_the_codebook_explains_every_column_and_every_code(study, tmp_path):
    write_measures(Measuring(study), tmp_path)
    book = rows_of(tmp_path / "codebook.csv")
    told = {one["variable"] for one in book}
    for table in TABLES - {"codebook.csv"}:
        header = (tmp_path / table).read_text("utf-8").splitlines()[0].split(",")
        assert set(header) <= told, table
    codes = {(one["of"], one["id"]) for one in book if one["sort"] == "code"}
    tracks = scheme("abr").tracks
    assert codes == {(track.id, code.id) for track in tracks for code in track.codes}
    (index,) = [one for one in book if one["id"] == "attunement_index"]
    assert "time of attuned (dyad_state) / codable time" in index["definition"]


def test_the_wide_table_has_the_numbers_of_the_long_one(study, tmp_path):
    write_measures(Measuring(study), tmp_path)
    (row,) = rows_of(tmp_path / "measures_wide.csv")
    long = values(rows_of(tmp_path / "measures.csv"))
    assert row["attunement_index"] == long["attunement_index", "value"]
    assert row["response_latency_median"] == "0.9"
    assert row["response_contingency_table_a"] == "9"


def test_a_lab_s_parameter_changes_the_number_and_its_hash(study):
    usual = list(measure_records(Measuring(study)))
    strict = list(measure_records(Measuring(study, parameters={"response_window_s": 2.0})))
    assert values(usual)["response_latency", "n"] == 8
    assert values(strict)["response_latency", "n"] == 7  # the answer after 3 s came too late
    assert usual[0]["params_hash"] != strict[0]["params_hash"]
    assert {one["scheme_version"] for one in strict} == {"1.0.0"}
    held = Measuring(study, parameters={"repaired_hold_s": 5.0})
    assert values(measure_records(held))["state_repair_latency", "n_events"] == 2


def test_a_parameter_beyond_its_limits_is_refused(study):
    with pytest.raises(ParameterOutsideLimits, match="1 to 5"):
        Measuring(study, parameters={"repaired_hold_s": 9.0})
    with pytest.raises(NoSuchParameter, match="repaired_hold_s"):
        Measuring(study, parameters={"hold": 2.0})


def test_what_is_not_there_is_refused(study, tmp_path):
    with pytest.raises(NoSuchEntry, match="S01"):
        Measuring(study, session="S09")
    with pytest.raises(NoSuchEpisodeKind, match="none yet"):
        Measuring(study, episode="play")
    (tmp_path / "file").write_text("x")
    with pytest.raises(FileInTheWay):
        write_measures(Measuring(study), tmp_path / "file")


def test_measures_of_two_sessions_are_those_of_each(study):
    alone = list(measure_records(Measuring(study)))
    fill(study, "S02", "D02", [state("dyad_state", "attuned", 0, 40)])
    both = list(measure_records(Measuring(study)))
    assert [one for one in both if one["session_id"] == "S01"] == alone
    assert list(measure_records(Measuring(study, session="S01"))) == alone


def test_measures_of_a_merged_study_are_those_of_its_parts(tmp_path):
    names, parts = ("abr", "still_face", "joint_attention"), []
    with StudyService.create(tmp_path / "all.imh", [scheme(one) for one in names]) as merged:
        for n in range(3):
            with StudyService.create(tmp_path / f"{n}.imh", [scheme(one) for one in names]) as own:
                for name in names:
                    events = random_events(scheme(name), np.random.default_rng(n), 60)
                    for study in (own, merged):
                        fill(study, f"S{n}", f"D{n % 2}", events, of=name)
                parts += measure_records(Measuring(own))
        together = list(measure_records(Measuring(merged)))
    assert len(parts) > 300
    assert [one for one in together if one["session_id"]] == parts


def test_observations_come_by_session_coder_and_role(study):
    fill(study, "S02", "D02", [point("infant_bid", "look", 3)], coder="zoe")
    fill(study, "S02", "D02", [point("infant_bid", "look", 3)], coder="eva", role="gold")
    places = [
        (one["session_id"], one["coder_id"], one["coding_role"])
        for one in measure_records(Measuring(study))
    ]
    assert list(dict.fromkeys(places)) == [
        ("S01", "anna", "primary"), ("S02", "eva", "gold"), ("S02", "zoe", "primary"),
    ]  # fmt: skip


def test_numbers_of_a_dyad_are_followed_over_its_visits(tmp_path):
    with StudyService.create(tmp_path / "s.imh", [scheme("strengths_review")]) as service:
        for visit, shown in (("10", 4), ("2", 2), ("1", 1)):
            events = [point("session_event", "clip_shown", n) for n in range(3)]
            events += [state("moment", "comfort", 10 * n, 10 * n + 5) for n in range(shown)]
            fill(service, f"V{visit}", "D01", events, of="strengths_review")
            _on_visit(service, f"V{visit}", visit)
        records = list(measure_records(Measuring(service)))
        (one_session,) = {
            one["session_id"] for one in measure_records(Measuring(service, session="V1"))
        }
    found = values(records, session_id="")
    assert found["across_visits", "moments_by_kind_comfort_first"] == 1
    assert found["across_visits", "moments_by_kind_comfort_last"] == 4
    assert found["across_visits", "moments_by_kind_comfort_slope"] == pytest.approx(1.5)
    assert found["across_visits", "childs_view_count_slope"] == 0
    (share,) = [one for one in records if one["statistic"] == "parent_share_slope"]
    assert (share["value"], share["null_reason"]) == (None, "fewer than 2 visits")
    assert {one["dyad_id"] for one in records if not one["session_id"]} == {"D01"}
    assert one_session == "V1"


def _on_visit(service, session_id, visit):
    session = service.ensure_session(session_id)
    service.file.change(replace(session, visit=visit))


def test_episodes_have_rows_of_their_own(study):
    record_episodes(study, "S01", [("free_play", 0, 30), ("with_toys", 30, 60)])
    records = list(measure_records(Measuring(study)))
    bids = {
        (one["episode_id"], one["episode_n"]): one["n"]
        for one in records
        if one["measure_id"] == "bid_rate"
    }
    assert bids == {("", None): 10, ("free_play", 1): 7, ("with_toys", 2): 3}
    only = list(measure_records(Measuring(study, episode="free_play")))
    assert {one["episode_id"] for one in only} == {"free_play"}
    with pytest.raises(NoSuchEpisodeKind, match="free_play, with_toys"):
        Measuring(study, episode="play")


def record_episodes(study, session_id, episodes):
    service = EpisodeService(study.file, session_id, "anna", scheme("abr").episodes)
    for kind, from_s, _ in episodes:
        service.start(kind, from_s * S)
    service.end(episodes[-1][2] * S)


def test_progress_is_told_and_ends_at_all(study):
    fill(study, "S02", "D02", [point("infant_bid", "look", 3)])
    told = []
    for _ in Measuring(study).sittings(on_progress=told.append):
        pass
    assert told == [0.5, 1.0]


def test_the_scripts_know_every_table_and_every_column(study, tmp_path):
    write_measures(Measuring(study), tmp_path)
    for script in SCRIPTS:
        text = (tmp_path / script).read_text("utf-8")
        for table in TABLES:
            assert table in text
            for column in (tmp_path / table).read_text("utf-8").splitlines()[0].split(","):
                assert re.search(rf"^ +{column}( =| )", text, re.MULTILINE), (script, column)


def test_the_workbook_has_the_codebook_first_and_the_numbers_as_numbers(study, tmp_path):
    (book, _) = write_measures(Measuring(study), tmp_path / "out", form="xlsx")
    sheets = pd.read_excel(book.path, sheet_name=None, keep_default_na=False, na_values=[""])
    assert list(sheets) == [
        *("codebook", "measures", "measures_wide", "survival", "transitions", "contingency"),
        *("lags", "bins", "sessions"),
    ]
    long = sheets["measures"].set_index(["measure_id", "statistic"])["value"]
    assert long["attunement_index", "value"] == pytest.approx(24 / 56, abs=1e-15)  # 16 digits
    write_measures(Measuring(study), tmp_path / "again", form="xlsx")
    assert book.path.read_bytes() == (tmp_path / "again" / "measures.xlsx").read_bytes()


def test_every_form_has_the_same_numbers(study, tmp_path):
    write_measures(Measuring(study), tmp_path / "csv")
    write_measures(Measuring(study), tmp_path / "parquet", form="parquet")
    for table in TABLES - {"codebook.csv"}:
        text = pd.read_csv(tmp_path / "csv" / table, keep_default_na=False, na_values=[""])
        other = pd.read_parquet(tmp_path / "parquet" / table.replace(".csv", ".parquet"))
        assert list(text) == list(other)
        for name in text.select_dtypes("number"):
            np.testing.assert_array_equal(text[name], other[name].astype(float))


def test_contingency_over_all_sessions_is_held_against_shuffled_sessions(study, tmp_path):
    for n in range(2, 6):
        events = random_events(scheme("abr"), np.random.default_rng(n), 120)
        fill(study, f"S0{n}", f"D0{n}", events)
    write_measures(Measuring(study), tmp_path)
    rows = pd.read_csv(tmp_path / "contingency.csv")
    single, pooled = rows[rows["session_id"].notna()], rows[rows["session_id"].isna()]
    assert len(single) == 5
    (one,) = pooled.to_dict("records")
    assert one["n_sessions"] == 5
    for cell in ("near_target", "near_none", "away_target", "away_none"):
        assert one[cell] == single[cell].sum()
    assert 0 < one["shuffled_p"] <= 1
    assert one["shuffled_near_target"] > 0
    assert single["shuffled_p"].isna().all()
    manifest = json.loads((tmp_path / "measures_manifest.json").read_text("utf-8"))
    assert manifest["session_shuffles"] == {"draws": 1000, "seed": 1}
    write_measures(Measuring(study, session="S01"), tmp_path / "one")
    assert len(pd.read_csv(tmp_path / "one" / "contingency.csv")) == 1


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_what_is_interrupted_leaves_nothing_behind(study, tmp_path, form):
    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_measures(Measuring(study), tmp_path / "new" / "out", form=form, on_progress=stop)
    assert not (tmp_path / "new").exists()
    (tmp_path / "there").mkdir()
    with pytest.raises(KeyboardInterrupt):
        write_measures(Measuring(study), tmp_path / "there", form=form, on_progress=stop)
    assert not list((tmp_path / "there").iterdir())
