"""Hostile and dirty files of every format through the command line: what is said, what changes.

A file that is refused leaves the study as it was, byte by byte.  One with dirt in some rows lets
the others in, and touches no event that was there before.
"""

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from tests.formats import test_gseq, test_plain_table
from tests.formats import test_hostile_boris_and_datavyu as of_boris
from tests.formats import test_hostile_xml_and_text as of_elan

from answering_scheme import ANSWERING
from imhcode.cli.main import main
from imhcode.domain.gestures import adding
from imhcode.services.studies import StudyService
from rich_record import EVENTS

MOST_MB = 600  #: what the program may take for a file of some kilobytes; it needs 150 to start


def workbook(**parts: str | bytes) -> bytes:
    """A workbook with one table of events, in which parts are put in place of others."""
    book = openpyxl.Workbook()
    for row in (["Onset", "Code"], [1, "a"], [2, "b"]):
        book.active.append(row)
    made, out = io.BytesIO(), io.BytesIO()
    book.save(made)
    names = {"sheet": "xl/worksheets/sheet1.xml", "strings": "xl/sharedStrings.xml"}
    names |= {"book": "xl/workbook.xml", "types": "[Content_Types].xml"}
    put = {names[part]: content for part, content in parts.items()}
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, put.pop(name, old.read(name)))
        for name, content in put.items():
            new.writestr(name, content)
    return out.getvalue()


def sheet(cells: str, prolog: str = "") -> str:
    ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'{prolog}<worksheet xmlns="{ns}"><sheetData>{cells}</sheetData></worksheet>'


def row(n: int | str, *texts: str) -> str:
    cells = "".join(f'<c t="inlineStr"><is><t>{one}</t></is></c>' for one in texts)
    return f'<row r="{n}">{cells}</row>'


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
DTD = f'<!DOCTYPE x [<!ENTITY a0 "ha">{BOMB}]>'

HOSTILE_TABLES = {
    "x.xlsx: nothing": (b"", "is not a whole archive"),
    "x.xlsx: no archive": (b"PK\x03\x04nothing", "is not a whole archive"),
    "x.xlsx: a workbook of the nineties": (b"\xd0\xcf\x11\xe0" * 999, "is not a whole archive"),
    "x.xlsx: cut short": (workbook()[:-30], "is not a whole archive"),
    "x.xlsx: another archive": (of_boris.archive(db="x"), "not one of a workbook"),
    "x.xlsx: a name that points outside": (of_boris.archive(("../x", "x")), "points outside"),
    "x.xlsx: an absolute name": (of_boris.archive(("/etc/x", "x")), "a place of its own"),
    "x.xlsx: a link": (of_boris.link(), "is a link to something else"),
    "x.xlsx: encrypted": (of_boris.encrypted(), "is encrypted"),
    "x.xlsx: a bomb": (workbook(strings=b" " * 60_000_000), "swells to more than 200 times"),
    "x.xlsx: a bomb that lies": (of_boris.lying(), "has not the size|is not a whole archive"),
    "x.xlsx: thousands of parts": (
        of_boris.archive(*((f"xl/{n}", "x") for n in range(1001))),
        "no coding needs more than 1000",
    ),
    "x.xlsx: entities that swell": (
        workbook(sheet=sheet(row(1, "&a9;"), DTD)),
        "declares a document type",
    ),
    "x.xlsx: entities in its strings": (workbook(strings=DTD + "<sst/>"), "declares a document"),
    "x.xlsx: elements without end": (workbook(sheet="<a>" * 200_000), "more than 64 deep"),
    "x.xlsx: a sheet that stops": (
        workbook(sheet=sheet(row(1, "Onset", "Code"))[:-20]),
        "cannot be read as a workbook",
    ),
    "x.xlsx: half a character": (
        workbook(sheet=sheet(row(1, "Onset", "&#xD800;"))),
        "cannot be read as a workbook",
    ),
    "x.xlsx: no text of the number": (
        workbook(sheet=sheet('<row r="1"><c t="s"><v>99</v></c></row>')),
        "cannot be read as a workbook",
    ),
    "x.xlsx: a sheet of something else": (workbook(sheet="<html/>"), "is empty"),
    "x.xlsx: no sheet": (workbook(book="<workbook/>"), "cannot be read as a workbook|is empty"),
    "x.xlsx: a row beyond all": (
        workbook(sheet=sheet(row("99999999999", "Onset", "Code"))),
        "one of its rows has the number 99999999999",
    ),
    "x.xlsx: a last row and a last column, far away": (
        workbook(sheet=sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        "is empty",
    ),
    "x.xlsx: no times": (
        workbook(sheet=sheet(row(1, "who", "what") + row(2, "x", "y"))),
        "looks like times",
    ),
    "x.csv: nothing at all": (b"", "is empty"),
    "x.csv: blanks": (b"\n\n  \n", "is empty"),
    "x.csv: a NUL": (b"onset,code\n1,a\0\n", "line 2 holds a NUL character"),
    "x.csv: a quote that never closes": (b'onset,code\n1,"a\n2,b\n', "cannot be taken apart"),
    "x.csv: a cell of ten megabytes": (
        b"onset,code\n1," + b"a" * 10_000_000,
        "line 2: field larger than field limit",
    ),
    "x.csv: a picture": (b"\x89PNG\r\n\x1a\n\0\0\0", "holds a NUL character|cannot be decoded"),
    "x.csv: half of UTF-16": (b"\xff\xfeo\0n", "cannot be decoded as UTF-16-LE"),
    "x.csv: no codes": (b"onset,offset\n1,2\n", "looks like codes"),
    "x.csv: a list of names": (b"who\nann\nbob\n", "looks like times"),
    "x.csv: frames of who knows what rate": (b"start frame,code\n1,a\n", "how many make a second"),
    "x.csv: ours with a column twice": (b"track_id,code,code,onset_ms\n", "two columns called"),
    "x.csv: ours without times": (b"track_id,code\na,b\n", "has no column onset_ms"),
    "x.csv: ours in Latin-1": (
        b"track_id,code,onset_ms\nm\xe8re,a,1\n",
        "is not UTF-8 text: line 2",
    ),
    "x.csv: links": (b"from_event_id,to_event_id,track_id,code\n", "is a table of links"),
    "x.yaml: tags": (b"!!python/object/apply:os.system ['true']\n", "is not a format"),
    "x.exe: a program": (b"MZ\x90\0", "is not a format"),
}
REFUSED = {
    **{name: (raw, said, "") for name, (raw, said) in HOSTILE_TABLES.items()},
    **{
        f"x.sds: {name}": (text if isinstance(text, bytes) else text.encode(), said, "")
        for name, (text, said) in test_gseq.REFUSED.items()
    },
    **{
        f"x{suffix}: {name}": (
            text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"),
            said,
            "",
        )
        for name, (suffix, text, said) in of_elan.REFUSED.items()
    },
    **{
        name: (raw, None, of_boris.READERS[name.partition(":")[0].rpartition(".")[2]])
        for name, (raw, _) in of_boris.HOSTILE.items()
    },
}
DIRTY = {
    **{
        f"x.sds: {name}": f"Timed a b;\n<S> b,1-2\n{dirt}\n"
        for name, (dirt, _) in test_gseq.BROKEN.items()
    },
    **{
        f"x.csv: {name}": f"onset,offset,code\n1,2,b\n{dirt}\n3,4,b\n"
        for name, (dirt, _) in test_plain_table.DIRTY.items()
    },
    **{
        f"x.eaf: {name}": of_elan.document(
            of_elan.tier("good", "d", of_elan.annotation("g", value="b")), dirt
        )
        for name, (dirt, _) in of_elan.DIRTY.items()
    },
    "x.xlsx: a date among times": workbook(
        sheet=sheet(
            row(1, "Onset", "Code")
            + row(2, "2024-03-05", "a")
            + row(3, "1", "b")
            + row(4, "2", "b")
        )
    ),
    "x.xlsx: a number beyond all": workbook(
        sheet=sheet(
            row(1, "Onset", "Code") + row(2, "1e999", "a") + row(3, "1", "b") + row(4, "2", "b")
        )
    ),
    "x.csv: a stop without a start": "time,code,status\n1,a,stop\n2,b,start\n3,b,stop\n",
}


#: the rule that each row of dirt breaks
RULES = {
    **{f"x.sds: {name}": rule for name, (_, rule) in test_gseq.BROKEN.items()},
    **{f"x.csv: {name}": rule for name, (_, rule) in test_plain_table.DIRTY.items()},
    **{f"x.eaf: {name}": rule for name, (_, rule) in of_elan.DIRTY.items()},
    "x.xlsx: a date among times": "not-a-time",
    "x.xlsx: a number beyond all": "not-a-time",
    "x.csv: a stop without a start": "unpaired",
}


@pytest.fixture(scope="module")
def coded(tmp_path_factory) -> bytes:
    """The bytes of a study with one coded session."""
    path = tmp_path_factory.mktemp("coded") / "study.imh"
    with StudyService.create(path, [ANSWERING]) as study:
        study.ensure_session("S01", "D01")
        coding = study.coding("S01", "anna", role="primary", scheme=study.scheme("answering"))
        coding.do(adding(EVENTS))
    return path.read_bytes()


@pytest.fixture
def study(tmp_path, coded) -> Path:
    path = tmp_path / "study.imh"
    path.write_bytes(coded)
    return path


def of_anna(path: Path):
    with StudyService.open(path, writing=False) as service:
        (entry,) = [one for one in service.session("S01").observations if one.coder_id == "anna"]
        return service.observation(entry).timeline.in_order()


def saved(folder: Path, name: str, raw: bytes | str) -> Path:
    path = folder / name.partition(":")[0]
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return path


def table() -> list[tuple[str, str, str]]:
    """Rows of the table in the manual: ending, what is wrong, what is said of it."""
    rows = []
    for case, (_, sentence, _) in REFUSED.items():
        said = of_boris.HOSTILE[case][1] if sentence is None else sentence
        rows.append((case, f"refused: … {said} …"))
    rows += [(case, f"that row refused: {RULES[case]}; the others come in") for case in DIRTY]
    return [
        (f"`{case.partition(': ')[0][1:]}`", case.partition(": ")[2], said.replace("|", " or "))
        for case, said in rows
    ]


def test_the_manual_says_what_becomes_of_each_and_there_are_more_than_sixty():
    manual = Path(__file__).parents[2] / "docs" / "manual" / "broken-files.md"
    lines = manual.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("| `")] == [
        f"| {' | '.join(row)} |" for row in table()
    ]
    assert len(table()) > 150


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_file_gets_a_sentence_and_leaves_the_study_as_it_was(
    tmp_path, capsys, study, coded, case
):
    raw, sentence, reader = REFUSED[case]
    file = saved(tmp_path, case, raw)
    words = ["import", str(study), str(file), "--coder", "x"]
    assert main([*words, "--format", reader] if reader else words) == 2
    out, err = capsys.readouterr()
    if sentence is None:
        assert of_boris.HOSTILE[case][1] in err
    else:
        assert re.search(sentence, err)
    assert "Traceback" not in err
    assert file.name in err
    assert out == ""
    assert study.read_bytes() == coded


@pytest.mark.parametrize("case", DIRTY)
def test_dirt_in_one_row_is_named_and_the_other_rows_come_in(tmp_path, capsys, study, case):
    file = saved(tmp_path, case, DIRTY[case])
    before = of_anna(study)
    assert main(["import", str(study), str(file), "--coder", "x", "--json"]) == 1
    out, err = capsys.readouterr()
    report = json.loads(out)
    assert "Traceback" not in err
    assert report["imported"] >= 1
    assert report["found"] == report["imported"] + report["kept_as_notes"] + report["refused"]
    assert report["refused"] >= 1
    errors = [one for one in report["findings"] if one["severity"] == "error"]
    assert RULES[case] in {one["rule"] for one in errors}
    assert all(one["line"] and one["message"] for one in errors)
    assert of_anna(study) == before


BOMBS = [
    "x.xlsx: a bomb",
    "x.xlsx: entities that swell",
    "x.xlsx: elements without end",
    "x.eaf: entities that swell",
    "x.sds: repeats without end",
    "x.sds: many repeats",
]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells it this way")
def test_no_bomb_fills_the_memory(tmp_path, study):
    """One process for all of them: its largest size is what counts.

    Not ``ru_maxrss``: that of a child begins with the size of its parent, here of all the tests.
    """
    files = [saved(tmp_path, f"{n}{case}", REFUSED[case][0]) for n, case in enumerate(BOMBS)]
    code = (
        "import sys\n"
        "from imhcode.cli.main import main\n"
        "codes = [main(['import', sys.argv[1], one, '--coder', 'x']) for one in sys.argv[2:]]\n"
        "told = dict(line.split(':', 1) for line in open('/proc/self/status'))\n"
        "print(codes, told['VmHWM'].split()[0])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(study), *map(str, files)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    codes, _, size = ran.stdout.strip().rpartition(" ")
    assert codes == str([2] * len(files))
    assert int(size) / 1_000 < MOST_MB
