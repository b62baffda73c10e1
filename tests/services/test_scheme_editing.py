"""A scheme being written: undo, what is wrong and where, versions, and the file."""

import pytest

from imhcode.schemes.errors import SchemeFileUnreadable, SchemeRefused
from imhcode.schemes.shipped import shipped_schemes
from imhcode.services.scheme_editing import (
    FileHasChanged,
    SchemeDraft,
    SchemeHasErrors,
    SchemeNotWritten,
    raised_version,
)

CODE = ("tracks", 0, "codes", 0)


@pytest.mark.parametrize("name", shipped_schemes())
def test_a_shipped_scheme_that_is_opened_and_saved_is_the_same_byte_for_byte(name, tmp_path):
    path = tmp_path / "mine.yaml"
    before = shipped_schemes()[name].read_bytes()
    path.write_bytes(before)
    draft = SchemeDraft.of_file(path)
    label = draft.text.value((*CODE, "label"))
    draft.put((*CODE, "label"), "Something else")
    draft.save()
    assert path.read_bytes() != before
    draft.undo()
    assert draft.text.value((*CODE, "label")) == label
    draft.save()
    assert path.read_bytes() == before


def test_a_file_of_windows_stays_one(tmp_path):
    path = tmp_path / "mine.yaml"
    text = SchemeDraft.small().text.text.replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    draft = SchemeDraft.of_file(path)
    draft.put(("title",), "Other")
    draft.save()
    assert path.read_bytes() == b"\xef\xbb\xbf" + text.replace("My scheme", "Other").encode()


def test_changes_are_taken_back_one_by_one_and_typing_as_a_whole():
    draft = SchemeDraft.small()
    begun = draft.text.text
    for typed in ("O", "Ot", "Other"):
        draft.put(("title",), typed, within="title")
    draft.put(("summary",), "What for.")
    assert draft.undo()
    assert draft.text.plain["title"] == "Other"
    assert draft.undo()
    assert draft.text.text == begun
    assert not draft.undo()
    assert [draft.redo() for _ in range(3)] == [True, True, False]
    assert draft.text.plain["summary"] == "What for."
    draft.undo()
    draft.put(("title",), "New")
    assert not draft.can_redo


def test_a_finding_leads_to_its_field():
    draft = SchemeDraft.small()
    draft.put(("tracks", 0, "codes", 1, "key"), "q")
    (finding,) = draft.findings()
    assert draft.steps_of(finding.where) == ("tracks", 0, "codes", 1, "key")
    assert draft.scheme() is None
    with pytest.raises(SchemeHasErrors):
        draft.usable()
    draft.undo()
    assert draft.usable().id == "my_scheme"


def test_a_copy_has_another_name_and_begins_its_own_versions():
    draft = SchemeDraft.copy_of("still_face", "faces")
    assert (draft.text.plain["id"], draft.text.plain["version"]) == ("faces", "0.1.0")
    assert draft.usable().id == "faces"
    assert draft.text.text.startswith("# Still-Face Episodes")
    assert draft.path is None
    assert not draft.is_touched


def test_a_change_of_meaning_asks_for_a_new_major_version():
    draft = SchemeDraft.copy_of("still_face")
    assert draft.advice() is None
    draft.put((*CODE, "label"), "Glad")
    assert draft.advice().next == "0.1.1"
    draft.put((*CODE, "definition"), "Something else altogether.")
    advice = draft.advice()
    assert (advice.since, advice.next) == ("0.1.0", "1.0.0")
    assert "definition" in advice.changes[0].lower()
    draft.put(("version",), "1.0.0")
    assert draft.advice().next == ""


def test_versions_are_counted_from_the_one_that_is_in_use():
    used = SchemeDraft.small().usable()
    draft = SchemeDraft.of_scheme(used)
    assert draft.usable().content_hash == used.content_hash
    draft.put((*CODE, "definition"), "Looks.")
    assert draft.advice(used).next == "1.0.0"


@pytest.mark.parametrize(
    ("version", "bump", "following"),
    [("1.2.3", "major", "2.0.0"), ("1.2.3", "minor", "1.3.0"), ("1.2.3-beta", "patch", "1.2.4")],
)
def test_a_version_is_raised(version, bump, following):
    assert raised_version(version, bump) == following


def test_a_file_that_another_program_wrote_is_not_written_over(tmp_path):
    path = tmp_path / "mine.yaml"
    SchemeDraft.small().save(path)
    draft = SchemeDraft.of_file(path)
    draft.put(("title",), "Mine")
    path.write_text(path.read_text("utf-8") + "# theirs\n", "utf-8")
    with pytest.raises(FileHasChanged):
        draft.save()
    assert path.read_text("utf-8").endswith("# theirs\n")
    assert draft.save(tmp_path / "other.yaml").exists()


def test_a_file_that_cannot_be_written_is_trouble_and_leaves_nothing(tmp_path):
    with pytest.raises(SchemeNotWritten):
        SchemeDraft.small().save(tmp_path / "none" / "mine.yaml")
    with pytest.raises(SchemeNotWritten):
        SchemeDraft.small().save()
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_scheme_cannot_be_opened(tmp_path):
    path = tmp_path / "mine.yaml"
    for raw in (b"a: [\n", b"\xff\xfe", b""):
        path.write_bytes(raw)
        with pytest.raises(SchemeRefused):
            SchemeDraft.of_file(path)
    with pytest.raises(SchemeFileUnreadable):
        SchemeDraft.of_file(tmp_path / "none.yaml")
