"""Notes on visits and packages for supervision, by the command line."""

import json

import pytest

from imhcode.cli.main import main
from watched_family import CODER, DYAD, PRIVATE, SESSION, make_watched_study

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def study(tmp_path):
    make_watched_study(tmp_path / "study").close()
    return str(tmp_path / "study" / f"{PRIVATE}.imh")


def run(capsys, *words, status=0):
    assert main(list(words)) == status
    return capsys.readouterr()


def test_a_note_for_each_and_all_visits(study, tmp_path, capsys):
    asked = ("report", study, "--dyad", DYAD, "--coder", CODER)
    to = str(tmp_path / "note.html")
    said = run(capsys, *asked, "--for", "family", "--visit", f"3 {PRIVATE}", "--to", to)
    assert "note-for-the-family.html" in said.out
    assert "Nose to nose" in (tmp_path / "note-for-the-family.html").read_text("utf-8")
    run(capsys, *asked, "--for", "file", "--session", SESSION, "--language", "de", "--to", to)
    html = (tmp_path / "note-confidential-for-the-file.html").read_text("utf-8")
    assert "Vertraulich" in html
    run(capsys, *asked, "--for", "file", "--across", "--to", str(tmp_path / "all.pdf"))
    assert (tmp_path / "all-confidential-for-the-file.pdf").read_bytes().startswith(b"%PDF")
    for wrong in (
        ("report", study, "--for", "family", "--to", to),
        (*asked, "--for", "family", "--across", "--to", to),
        (*asked, "--for", "family", "--agreement", "--to", to),
        (*asked, "--for", "family", "--visit", "9", "--to", to),
        (*asked, "--for", "nobody", "--to", to),
    ):
        run(capsys, *wrong, status=2)


def test_a_package_is_made_and_looked_at(study, tmp_path, capsys):
    words = tmp_path / "words.txt"
    words.write_text("four words nobody guesses\nnothing else\n", encoding="utf-8")
    to = tmp_path / "package"
    made = run(
        capsys,
        *("package", study, "--session", SESSION, "--moments", "chosen", "--to", str(to)),
        *("--passphrase-from", str(words), "--json"),
    )
    told = json.loads(made.out)
    assert told["encrypted"]
    assert len(told["clips"]) == 2
    assert run(capsys, "open-package", str(to), status=2).err.startswith("This package is encry")
    asked = ("open-package", str(to), "--passphrase-from", str(words))
    shown = run(capsys, *asked).out
    assert "Nose to nose" in shown
    assert PRIVATE not in shown
    listed = json.loads(run(capsys, *asked, "--json").out)
    assert [one["frames"] for one in listed["moments"]] == [50, 50]
    words.write_text("other words, also long enough\n", encoding="utf-8")
    assert "does not open" in run(capsys, *asked, status=2).err
    words.unlink()
    run(capsys, *asked, status=3)


def test_a_package_with_private_notes_says_them(study, tmp_path, capsys):
    to = str(tmp_path / "package")
    asked = ("package", study, "--session", SESSION, "--to", to)
    said = run(capsys, *asked, "--with-private-notes", "--expires", "2026-01-01", status=2)
    assert "cannot be opened until" in said.err
    assert "not encrypted" in run(capsys, *asked, "--with-private-notes").out
    assert f"private note: private note 1 {PRIVATE}" in run(capsys, "open-package", to).out
