"""``imhcode scheme new``: a scheme of one's own from a list, from another, or from nothing."""

import pytest

from imhcode.cli.main import main
from imhcode.schemes.document import load_scheme

LIST = "code,key,kind,track\nface,q,state,Gaze\naway,w,state,Gaze\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "scheme_id"),
    [
        ([], "my_scheme"),
        (["--from-list", "list.csv"], "list"),
        (["--from-list", "list.csv", "--id", "gaze"], "gaze"),
        (["--like", "abr"], "my_abr"),
        (["--like", "still_face", "--id", "faces"], "faces"),
    ],
)
def test_a_scheme_is_begun_and_can_be_used(here, words, scheme_id):
    assert main(["scheme", "new", "--to", "mine.yaml", *words]) == 0
    assert load_scheme(here / "mine.yaml").id == scheme_id
    assert main(["new", "s.imh", "--scheme", "mine.yaml"]) == 0


def test_nothing_is_written_over(here, capsys):
    (here / "mine.yaml").write_text("precious")
    assert main(["scheme", "new", "--to", "mine.yaml"]) == 2
    assert (here / "mine.yaml").read_text() == "precious"
    assert main(["scheme", "new", "--to", "none/mine.yaml"]) == 2


def test_a_list_with_faults_is_refused_with_its_lines(here, capsys):
    (here / "list.csv").write_text(LIST + "x,y,pont,Gaze\n", "utf-8")
    assert main(["scheme", "new", "--to", "mine.yaml", "--from-list", "list.csv"]) == 2
    assert "list.csv:4: “pont” is no kind of track" in capsys.readouterr().err
    assert not (here / "mine.yaml").exists()


def test_what_is_still_to_be_mended_is_told(here, capsys):
    (here / "list.csv").write_text(LIST.replace("away,w", "away,q"), "utf-8")
    assert main(["scheme", "new", "--to", "mine.yaml", "--from-list", "list.csv"]) == 1
    assert "used twice" in capsys.readouterr().out


def test_a_list_and_a_scheme_at_once_are_refused(here):
    words = ["scheme", "new", "--to", "m.yaml", "--from-list", "list.csv", "--like", "abr"]
    assert main(words) == 2
