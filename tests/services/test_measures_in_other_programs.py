"""Tables of measures as R, SPSS (here: PSPP) and spreadsheets read them."""

import csv
import shutil
import subprocess

import numpy as np
import openpyxl
import pandas as pd
import pytest

from coded_sessions import S, scheme, worked_events
from imhcode.schemes.shipped import shipped_schemes
from imhcode.services.demo import make_demo
from imhcode.services.episodes import EpisodeService
from imhcode.services.measure_files import write_measures
from imhcode.services.measures import Measuring
from imhcode.services.studies import StudyService
from random_coders import random_episodes, random_events, random_ratings

TABLES = (
    *("codebook", "measures", "measures_wide", "survival", "transitions", "contingency"),
    *("lags", "bins", "sessions"),
)
WHOLE, NUMBER = ("n", "n_censored", "episode_n"), ("value", "denominator_s")

needs_r = pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
needs_pspp = pytest.mark.skipif(shutil.which("pspp") is None, reason="PSPP is not installed")

#: every warning is an error; no cell that is filled in the file is missing
R_CHECK = """
options(warn = 2)
source("import_in_r.R", encoding = "UTF-8")
for (name in c(%s)) {
  table <- get(name)
  file <- read.csv(paste0(name, ".csv"), colClasses = "character", na.strings = "",
                   encoding = "UTF-8", check.names = FALSE)
  stopifnot(identical(names(file), names(table)), identical(dim(file), dim(table)))
  for (column in names(table)) {
    stopifnot(identical(is.na(file[[column]]), is.na(table[[column]])))
    type <- class(table[[column]])
    if (type == "numeric") stopifnot(all(table[[column]] == as.numeric(file[[column]]), na.rm = TRUE))
  }
}
stopifnot(is.numeric(measures$value), is.integer(measures$n), is.integer(survival$event))
stopifnot(is.factor(measures$measure_id), is.factor(measures$coding_role))
stopifnot(is.factor(measures$episode_id), is.character(measures$session_id))
stopifnot(!is.factor(codebook$variable), is.character(attr(measures$value, "label")))
"""


def coded_at_random(path, names, n_sessions=2):
    """A study with events, episodes and ratings of these schemes in each session."""
    with StudyService.create(path, [scheme(one) for one in names]) as study:
        for n in range(n_sessions):
            session_id = f'S{n} "Ä", =1+1'
            study.ensure_session(session_id, f"Müller-{n}")
            for name in names:
                random, of = np.random.default_rng([n, len(name)]), scheme(name)
                episodes = random_episodes(of, 120 * S)
                if episodes and not study.file.episodes_of(session_id):
                    service = EpisodeService(study.file, session_id, "anna", of.episodes)
                    for one in episodes:
                        service.start(one.kind, one.onset_us)
                    service.end(120 * S)
                coding = study.coding(session_id, "-anna", scheme=of)
                coding.add(random_events(of, random, 120))
                whole = {one.id for one in of.ratings if "session" in one.scope}
                for one in random_ratings(of, random):
                    if one.scale in whole:
                        coding.rate(one.scale, value=one.value)
    return path


def worked(path):
    with StudyService.create(path, [scheme("abr")]) as study:
        study.ensure_session("S01", "D01")
        study.coding("S01", "anna", scheme=scheme("abr")).add(list(worked_events()))
    return path


STUDIES = {
    "worked example": lambda folder: worked(folder / "s.imh"),
    "demo": make_demo,
    "still face": lambda folder: coded_at_random(folder / "s.imh", ["still_face"], 3),
    "all schemes": lambda folder: coded_at_random(folder / "s.imh", sorted(shipped_schemes())),
}


@pytest.fixture(params=STUDIES, scope="module")
def written(request, tmp_path_factory):
    """The folder with the tables of a study."""
    folder = tmp_path_factory.mktemp("tables")
    path = STUDIES[request.param](folder)
    with StudyService.open(path, writing=False) as study:
        write_measures(Measuring(study), folder / "out")
    return folder / "out"


@needs_r
def test_r_reads_every_table_with_its_types_and_without_a_warning(written):
    script = R_CHECK % ", ".join(f'"{one}"' for one in TABLES)
    ran = subprocess.run(
        ["Rscript", "-e", script], cwd=written, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")


@needs_r
def test_codes_are_factors_in_r_with_the_words_of_the_scheme(tmp_path):
    with StudyService.open(worked(tmp_path / "s.imh"), writing=False) as study:
        write_measures(Measuring(study), tmp_path / "out")
    script = (
        'source("import_in_r.R", encoding = "UTF-8"); '
        "stopifnot(all(survival$event %in% 0:1), is.factor(bins$dyad_state)); "
        'cat(sum(bins$dyad_state == "Attuned", na.rm = TRUE), levels(bins$dyad_state)[1])'
    )
    ran = subprocess.run(
        ["Rscript", "-e", script], cwd=tmp_path / "out", capture_output=True, text=True, check=True
    )
    assert ran.stdout == "24 Attuned"


@needs_pspp
def test_the_syntax_for_spss_runs_and_reads_every_number_and_word(written):
    back = "SAVE TRANSLATE /OUTFILE='{0}.back' /TYPE=CSV /REPLACE /FIELDNAMES /CELLS=VALUES."
    lines = ["INCLUDE 'import_in_spss.sps'."]
    for table in TABLES:
        lines += [f"DATASET ACTIVATE {table}.", back.format(table)]
    (written / "check.sps").write_text("\n".join(lines), "utf-8")
    ran = subprocess.run(
        ["pspp", "check.sps"], cwd=written, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    for table in TABLES:
        file = pd.read_csv(written / f"{table}.csv", dtype=str, keep_default_na=False)
        read = pd.read_csv(written / f"{table}.back", dtype=str, keep_default_na=False)
        assert list(read) == list(file)
        for column in file:
            ours, theirs = file[column].str.strip(), read[column].str.strip()
            if column in (*WHOLE, *NUMBER):
                np.testing.assert_allclose(
                    pd.to_numeric(ours), pd.to_numeric(theirs), rtol=1e-12, equal_nan=True
                )
            elif not pd.to_numeric(ours, errors="coerce").notna().any():
                assert theirs.tolist() == ours.tolist(), (table, column)


def test_the_workbook_says_what_the_csv_files_say(tmp_path):
    path = coded_at_random(tmp_path / "s.imh", ["abr", "still_face"])
    with StudyService.open(path, writing=False) as study:
        write_measures(Measuring(study), tmp_path / "csv")
        write_measures(Measuring(study), tmp_path / "xlsx", form="xlsx")
    book = openpyxl.load_workbook(tmp_path / "xlsx" / "measures.xlsx")
    assert book.sheetnames == list(TABLES)
    for table in TABLES:
        sheet = book[table]
        assert sheet.freeze_panes == "A2"
        assert all(one.font.bold for one in sheet[1])
        with (tmp_path / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert [[one.value for one in row] for row in sheet.iter_rows(max_row=1)] == [rows[0]]
        cells = [[one.value for one in row] for row in sheet.iter_rows(min_row=2)]
        assert len(cells) == len(rows) - 1
        for row, wanted in zip(cells, rows[1:], strict=True):
            for value, text in zip(row, wanted, strict=True):
                if isinstance(value, int | float):
                    assert value == pytest.approx(float(text), rel=1e-15, abs=0)
                else:
                    assert (value or "") == text.removeprefix("'"), (table, text)
