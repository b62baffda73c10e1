"""Tables as workbooks and Parquet files: the same cells, no formulas, the same bytes."""

import sys

import openpyxl
import pyarrow.parquet
import pytest

import imhcode.formats.tables.workbook as workbook_module
from imhcode.formats.tables.column import Column, columns_of
from imhcode.formats.tables.csv_files import CsvFiles
from imhcode.formats.tables.errors import ParquetMissing, TooManyRows
from imhcode.formats.tables.parquet_files import ParquetFiles
from imhcode.formats.tables.r_script import r_script
from imhcode.formats.tables.spss_script import spss_script
from imhcode.formats.tables.workbook import Workbook

COLUMNS = [Column("name"), Column("n", "whole"), Column("value", "number")]
ROWS = [
    ["=1+1", 1, 0.1],
    ["http://somewhere.example", None, None],
    ["007", 3, 2.0],
    ["lone \ud83d half, nul \x00", 4, -1.5],
    ["", 5, 1e300],
]


def write(form, place, rows=ROWS):
    target = place / "book.xlsx" if form is Workbook else place
    with form(target) as tables:
        table = tables.table("first", COLUMNS)
        tables.table("second", COLUMNS).add([])
        table.add(rows)
    return table


def test_a_workbook_holds_the_cells_and_nothing_is_a_formula_or_a_link(tmp_path):
    assert write(Workbook, tmp_path).rows == 5
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert book.sheetnames == ["first", "second"]
    cells = list(book["first"].iter_rows())
    assert [one.value for one in cells[0]] == ["name", "n", "value"]
    assert [one.value for one in cells[1]] == ["=1+1", 1, 0.1]
    assert cells[1][0].data_type == "s"
    assert cells[2][0].hyperlink is None
    assert [one.value for one in cells[3]] == ["007", 3, 2]
    assert cells[4][0].value == "lone \ufffd half, nul \ufffd"
    assert cells[5][0].value is None
    book.close()


@pytest.mark.parametrize("form", [Workbook, ParquetFiles, CsvFiles])
def test_the_same_rows_are_the_same_bytes(form, tmp_path):
    contents = []
    rows = [row for row in ROWS if "half" not in str(row[0])]
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(form, tmp_path / name, rows)
        contents.append([one.read_bytes() for one in sorted((tmp_path / name).iterdir())])
    assert contents[0] == contents[1]
    assert contents[0]


def test_a_sheet_that_would_be_too_long_is_refused_and_leaves_nothing_open(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_module, "MOST_ROWS", 4)
    write(Workbook, tmp_path, ROWS[:3])
    with pytest.raises(TooManyRows, match="sheet “first”"):
        write(Workbook, tmp_path, ROWS)
    assert workbook_module.MOST_ROWS == 4


def test_a_sheet_takes_as_many_rows_as_excel_has():
    assert workbook_module.MOST_ROWS == 2**20


def test_parquet_keeps_types_even_where_nothing_is_known(tmp_path):
    write(ParquetFiles, tmp_path)
    table = pyarrow.parquet.read_table(tmp_path / "first.parquet")
    assert [str(one) for one in table.schema.types] == ["string", "int64", "double"]
    assert table.column("n").to_pylist() == [1, None, 3, 4, 5]
    assert table.column("name").to_pylist()[3:] == ["lone \ufffd half, nul \ufffd", None]
    empty = pyarrow.parquet.read_table(tmp_path / "second.parquet")
    assert (empty.num_rows, empty.schema) == (0, table.schema)


def test_without_the_library_parquet_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ParquetMissing, match=r"imhcode\[parquet\]"):
        write(ParquetFiles, tmp_path)


def test_columns_of_ours_have_their_sorts_and_others_are_what_is_said():
    found = columns_of(["session_id", "n", "value", "bid_rate"], others="number")
    assert [one.sort for one in found] == ["text", "whole", "number", "number"]


def test_scripts_quote_what_would_end_a_string():
    labels = {"name": {"it's": 'say "no"\\', "two": "It's"}}
    tables = [("first.csv", COLUMNS)]
    in_r = r_script(tables, labels)
    assert r'labels = c("say \"no\"\\", "It' in in_r
    assert 'value = "numeric"' in in_r
    in_spss = spss_script(tables, labels)
    assert "'it''s' 'say \"no\"\\'" in in_spss
    assert "value F20.6" in in_spss
    assert max(map(len, in_spss.splitlines())) <= 250


def test_labels_that_two_values_share_stay_two_levels():
    in_r = r_script([("first.csv", COLUMNS)], {"name": {"a": "Same", "b": "Same"}})
    assert 'labels = c("Same", "Same (2)")' in in_r
