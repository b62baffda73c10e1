"""A package for supervision: only what was chosen, only as long as it may be, opened read-only."""

import json
import shutil
import subprocess
import tempfile

import pytest

from imhcode.domain.consent import NotCovered
from imhcode.media.clips.errors import ClipNotWritten, ClipStopped
from imhcode.services import package_lock, supervision
from imhcode.services.clip_register import ClipRegister, clips_of
from imhcode.services.consent import Consents, clips_with
from imhcode.services.family import People
from imhcode.services.package_lock import NoEncryption, PassphraseTooShort, WrongPassphrase
from imhcode.services.package_opening import (
    NeedsPassphrase,
    NotAPackage,
    PackageIsChanged,
    PackageIsOver,
    open_package,
)
from imhcode.services.studies import StudyService
from imhcode.services.supervision import (
    EndsTooLate,
    FolderIsInUse,
    NothingChosen,
    PackageWish,
    make_package,
    planned,
    write_package,
)
from imhcode.store.errors import StudyTrouble
from watched_family import CODER, DAY, DYAD, PRIVATE, SESSION, make_watched_study
from written_clips import digest, numbers_of, sound_of

WORDS = "four words nobody guesses"
WISH = PackageWish(session_ids=(SESSION,))


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    make_watched_study(folder).close()
    return folder


@pytest.fixture
def study(made_once, tmp_path):
    shutil.copytree(made_once, tmp_path / "study")
    with StudyService.open(tmp_path / "study" / f"{PRIVATE}.imh") as opened:
        yield opened


@pytest.fixture
def to(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "package"


@pytest.fixture
def private_places(tmp_path, monkeypatch):
    """Where the system would put what only this person may read."""
    folder = tmp_path / "private places"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def made(study, to, wish=WISH, **more):
    return make_package(study, wish, to, coder_id=CODER, on=DAY, **more)


def mother(study):
    return People(study.file, DYAD, CODER).called(f"mother {PRIVATE}").id


def everything_in(folder):
    """Names and bytes of a folder, and what a prober says of its clips."""
    for path in folder.rglob("*"):
        yield path.name.encode()
        if path.is_file():
            yield path.read_bytes()
        if path.suffix == ".mp4":
            command = ["ffprobe", "-v", "error", "-show_format", "-show_streams", str(path.name)]
            yield subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout


def test_the_clips_are_the_moments_to_the_frame_and_the_study_remembers_them(study, to):
    done = made(study, to)
    with open_package(to, DAY) as package:
        titles = [one.title for one in package.moments]
        assert titles == ["Nose to nose", "What might your child be saying?", "I wonder..."]
        assert [one.n_frames for one in package.moments] == [50, 50, 50]
        assert numbers_of(package.clip(package.moments[1])) == list(range(125, 175))
        assert package.moments[1].childs_words == "Again, please!"
        assert package.moments[0].goal == "More calm before bed"
    with pytest.raises(IndexError):  # silent
        sound_of(to / "clip-1.mp4")
    assert done.expires_on == "2027-02-20"
    found = clips_with(study.file, mother(study))
    assert [one.clip.file_name for one in found] == [f"package/clip-{n}.mp4" for n in (1, 2, 3)]
    assert {one.clip.use for one in found} == {"supervision"}
    assert found[0].clip.sha256 == digest(to / "clip-1.mp4")


def test_nothing_private_is_in_a_package_unless_it_was_asked_for(study, to):
    made(study, to)
    for content in everything_in(to):
        assert PRIVATE.encode() not in content
    scheme = json.loads((to / "scheme.json").read_text("utf-8"))
    assert list(scheme) == ["strengths_review"]


def test_private_notes_come_along_when_they_are_asked_for(study, to):
    wish = PackageWish(session_ids=(SESSION,), with_private_notes=True)
    made(study, to, wish)
    with open_package(to, DAY) as package:
        assert package.manifest.has_private_notes
        first = package.moments[0]
        assert first.comment == f"comment {PRIVATE}"
        assert first.private_note == f"private note 1 {PRIVATE}\nConcern: concern {PRIVATE}"
    told = (to / "moments.json").read_text("utf-8")
    assert f"private note 4 {PRIVATE}" not in told  # of a moment that was not chosen
    assert CODER not in told


def test_consent_for_supervision_is_asked_for_and_ends_the_package(study, to):
    consents = Consents(study.file, DYAD, CODER)
    consents.withdraw(mother(study), "supervision", "2026-11-01")
    with pytest.raises(NotCovered, match="supervision"):
        made(study, to)
    assert not to.exists()
    assert clips_of(study.file) == []
    consents.grant(mother(study), "supervision", "2026-11-02", until="2026-12-01")
    assert made(study, to).expires_on == "2026-12-01"
    with open_package(to, "2026-12-01"):
        pass
    with pytest.raises(PackageIsOver, match="2026-12-01"):
        open_package(to, "2026-12-02")


def test_the_last_day_is_within_a_year_and_not_over(study, to):
    for day in ("2026-11-21", "2028-01-01"):
        with pytest.raises(EndsTooLate):
            made(study, to, PackageWish(session_ids=(SESSION,), expires_on=day))
    wish = PackageWish(session_ids=(SESSION,), expires_on="2026-11-30")
    assert made(study, to, wish).expires_on == "2026-11-30"


def test_a_passphrase_hides_everything_and_only_it_opens(study, to, private_places):
    made(study, to, passphrase=WORDS)
    assert list(private_places.iterdir()) == []
    assert sorted(one.suffix for one in to.iterdir()) == [".age"] * 7 + [".txt"]
    for content in everything_in(to):
        assert b"ftyp" not in content
        assert b"Nose to nose" not in content
    with pytest.raises(NeedsPassphrase):
        open_package(to, DAY)
    with pytest.raises(WrongPassphrase):
        open_package(to, DAY, "some other words altogether")
    assert list(private_places.iterdir()) == []
    with open_package(to, DAY, WORDS) as package:
        assert numbers_of(package.clip(package.moments[0])) == list(range(25, 75))
        (private,) = private_places.iterdir()
        assert private.stat().st_mode & 0o077 == 0
    assert list(private_places.iterdir()) == []
    with pytest.raises(PackageIsOver):
        open_package(to, "2030-01-01", WORDS)
    assert list(private_places.iterdir()) == []


def test_a_short_passphrase_or_a_missing_library_is_said_before_anything_is_written(
    study, to, monkeypatch
):
    with pytest.raises(PassphraseTooShort):
        made(study, to, passphrase="short")

    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(package_lock.importlib, "import_module", missing)
    with pytest.raises(NoEncryption, match="pip install"):
        made(study, to, passphrase=WORDS)
    assert not to.exists()
    assert clips_of(study.file) == []


def test_what_is_cancelled_or_fails_leaves_no_folder(study, to, monkeypatch, private_places):
    what = planned(study, WISH, DAY)
    asked = []

    def wanted():
        asked.append(1)
        return len(asked) < 40

    for words in ("", WORDS):
        asked.clear()
        with pytest.raises(ClipStopped):
            write_package(what, to, passphrase=words, wanted=wanted)
        assert list(to.parent.iterdir()) == []

    export, calls = supervision.export_clip, []

    def full(plan, path, **more):
        calls.append(path)
        if len(calls) == 2:
            raise ClipNotWritten(path=path, reason="No space left on device")
        return export(plan, path, **more)

    monkeypatch.setattr(supervision, "export_clip", full)
    with pytest.raises(ClipNotWritten):
        write_package(what, to)
    assert list(to.parent.iterdir()) == []
    assert list(private_places.iterdir()) == []


def test_a_package_that_cannot_be_written_down_is_not_kept(study, to, monkeypatch):
    register, calls = ClipRegister.register, []

    def full(self, record):
        calls.append(record)
        if len(calls) == 2:
            raise StudyTrouble(path="study", why="disk full")
        return register(self, record)

    monkeypatch.setattr(ClipRegister, "register", full)
    with pytest.raises(StudyTrouble):
        made(study, to)
    assert not to.exists()
    assert clips_of(study.file) == []


def test_a_folder_with_something_in_it_is_left_alone(study, to):
    to.mkdir()
    (to / "mine.txt").write_text("mine")
    with pytest.raises(FolderIsInUse):
        made(study, to)
    assert [one.name for one in to.iterdir()] == ["mine.txt"]
    with pytest.raises(NothingChosen):
        made(study, to.parent / "other", PackageWish(session_ids=(SESSION,), words=("nothing",)))


def test_a_package_that_was_changed_or_is_none_is_not_opened(study, to, tmp_path):
    with pytest.raises(NotAPackage):
        open_package(tmp_path, DAY)
    made(study, to)
    whole = {one: one.read_bytes() for one in to.iterdir()}
    clip = to / "clip-2.mp4"
    clip.write_bytes(whole[clip][:-1] + b"x")
    with pytest.raises(PackageIsChanged, match=r"clip-2\.mp4"):
        open_package(to, DAY)
    clip.unlink()
    with pytest.raises(PackageIsChanged):
        open_package(to, DAY)
    same = tmp_path / "same.mp4"
    same.write_bytes(whole[clip])
    clip.symlink_to(same)
    with pytest.raises(PackageIsChanged):
        open_package(to, DAY)
    clip.unlink()
    clip.write_bytes(whole[clip])
    manifest = to / "package.json"
    text = whole[manifest].decode()
    for wrong in (
        "{",
        "[]",
        text.replace("imhcode-supervision", "other"),
        text.replace("clip-1.mp4", "../../x.mp4"),
        text.replace('"2027-02-20"', "7"),
        text.replace('"2027-02-20"', '""'),
        text.replace('"bytes"', '"size"'),
        "[" * 100_000,
    ):
        manifest.write_text(wrong, encoding="utf-8")
        with pytest.raises(NotAPackage):
            open_package(to, DAY)
    manifest.write_bytes(b"\xff\xfe")
    with pytest.raises(NotAPackage):
        open_package(to, DAY)
    manifest.write_text(text, encoding="utf-8")
    open_package(to, DAY).close()


def test_looking_changes_nothing(study, to):
    made(study, to)
    before = {one.name: digest(one) for one in to.iterdir()}
    with open_package(to, DAY) as package:
        assert [package.clip(one).is_file() for one in package.moments] == [True] * 3
    assert {one.name: digest(one) for one in to.iterdir()} == before
