"""Moments of a session: marked, ordered, taken over from coding, and never with a private word."""

import ast
from pathlib import Path

import pytest

import imhcode
from imhcode.analysis.candidate_queries import NotAQuery
from imhcode.analysis.candidates import Candidate
from imhcode.domain.event import Event, Link, Stamp
from imhcode.domain.observation import NoSuchCode
from imhcode.domain.showing import hidden_codes, shown_in
from imhcode.domain.study import Coder
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.goals import Goals
from imhcode.services.private_notes import PrivateNotes
from imhcode.services.review import (
    Cards,
    NothingCoded,
    candidates_for,
    for_the_family,
    moments,
    take,
)
from imhcode.services.studies import StudyService

S = 1_000_000


@pytest.fixture
def study(tmp_path):
    schemes = [load_scheme(find_scheme(name)) for name in ("strengths_review", "abr")]
    with StudyService.create(tmp_path / "study.imh", schemes) as made:
        made.ensure_session("S1", "D")
        yield made


@pytest.fixture
def coding(study):
    return study.coding("S1", "kim", scheme=study.scheme("strengths_review"))


def moment(id_, onset_s, code="connection", status="candidate", **modifiers):
    said = {"status": status, **modifiers}
    return Event(
        id=id_,
        track="moment",
        code=code,
        onset_us=onset_s * S,
        offset_us=(onset_s + 5) * S,
        modifiers=tuple(sorted((name, (value,)) for name, value in said.items())),
    )


def researched(study, coder="ria", role="primary"):
    coding = study.coding("S1", coder, role=role, scheme=study.scheme("abr"))
    bid = Event(id="b", track="infant_bid", code="look", onset_us=10 * S, offset_us=10 * S)
    answer = Event(
        id="a",
        track="caregiver_response",
        code="joins",
        onset_us=round(10.6 * S),
        offset_us=round(10.6 * S),
        links=(Link("answers", "b"),),
    )
    coding.add([bid, answer])
    return coding


def test_moments_come_in_the_order_of_showing_and_then_of_time(study, coding):
    coding.add([moment("m1", 10), moment("m2", 20), moment("m3", 30), moment("m4", 5)])
    cards = Cards(study.file, "S1", "kim")
    assert [one.id for one in moments(study, "S1")] == ["m4", "m1", "m2", "m3"]
    cards.reorder(["m3", "m1"])
    assert [one.id for one in moments(study, "S1")] == ["m3", "m1", "m4", "m2"]
    cards.reorder(["m2"])
    assert [one.id for one in moments(study, "S1")] == ["m2", "m4", "m1", "m3"]
    cards.undo()
    assert [one.id for one in moments(study, "S1")] == ["m3", "m1", "m4", "m2"]
    assert moments(study, "S1", "nobody") == ()


def test_a_moment_is_called_by_its_title_or_by_the_words_of_its_kind(study, coding):
    coding.add([moment("m1", 10), moment("m2", 20, "follows")])
    cards = Cards(study.file, "S1", "kim")
    cards.entitle("m1", "  Looking \n together ")
    assert [one.title for one in moments(study, "S1")] == ["Looking together", "You followed along"]
    cards.entitle("m1", "")
    assert moments(study, "S1")[0].title == "You two together"


def test_a_card_of_a_moment_that_was_deleted_waits_for_it_to_come_back(study, coding):
    coding.add([moment("m1", 10)])
    Cards(study.file, "S1", "kim").entitle("m1", "Looking together")
    coding.delete(["m1"])
    assert moments(study, "S1") == ()
    coding.undo()
    assert [one.title for one in moments(study, "S1")] == ["Looking together"]


def test_the_family_gets_what_was_chosen_and_no_other_field_than_these(study, coding):
    secret = "she frightens me"
    coding.add(
        [
            moment("m1", 10, "child_says", "chosen", childs_words="Again!"),
            moment("m2", 20, "wonder", "shown", question="What was she looking for?"),
            moment("m3", 30),
            moment("m4", 40, status="kept_back"),
        ]
    )
    coding.comment("m1", secret)
    PrivateNotes(study.file, "S1", "kim").write("m1", secret)
    shown = for_the_family(moments(study, "S1"))
    assert [(one.id, one.title, one.words, one.question) for one in shown] == [
        ("m1", "What might your child be saying?", "Again!", ""),
        ("m2", "I wonder...", "", "What was she looking for?"),
    ]
    assert secret not in repr(shown)
    assert type(shown[0]).__slots__ == ("id", "title", "words", "question", "onset_us", "offset_us")


def test_a_private_note_is_kept_apart_and_can_be_taken_back(study, coding):
    coding.add([moment("m1", 10)])
    notes = PrivateNotes(study.file, "S1", "kim")
    notes.write("m1", "a long day")
    notes.write("m1", "a long day for both")
    assert PrivateNotes(study.file, "S1", "kim").of("m1") == "a long day for both"
    notes.undo()
    assert notes.of("m1") == "a long day"
    notes.write("m1", "")
    assert notes.of("m1") == ""
    assert "a long day" not in repr(moments(study, "S1"))
    assert "a long day" not in repr(study.observation(study.session("S1").observations[0]))


ALLOWED = {"services/private_notes.py", "services/deleting.py", "store/kept.py", "domain/moment.py"}
MAY_SHOW_NOTES = (
    "ui/review",
    "services/visit_note",
    "services/supervision.py",
)  #: own screen, file, opt-in


def test_nothing_but_the_clinicians_own_screen_and_file_knows_of_private_notes():
    package = Path(imhcode.__file__).parent
    knows = set()
    for path in package.rglob("*.py"):
        words = {
            node.id if isinstance(node, ast.Name) else getattr(node, "module", None)
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Name | ast.ImportFrom)
        }
        if words & {"PrivateNote", "PrivateNotes", "imhcode.services.private_notes"}:
            knows.add(path.relative_to(package).as_posix())
    strangers = {one for one in knows - ALLOWED if not one.startswith(MAY_SHOW_NOTES)}
    assert strangers == set()
    assert knows >= {"services/private_notes.py", "store/kept.py"}


def test_views_for_others_have_no_event_that_is_for_the_clinician_only(study, coding):
    note = Event(id="p", track="private_note", code="concern", onset_us=0, offset_us=9)
    coding.add([moment("m1", 10), note])
    for view in ("parent_view", "clip_export", "screen_share", "parent_report", "poster"):
        assert [one.id for one in shown_in(coding.observation, view)] == ["m1"]
        hidden = hidden_codes(coding.observation.scheme, view)
        assert {track for track, _ in hidden} == {"private_note"}
        assert len(hidden) == 4


def test_the_goals_of_the_family_are_the_choices_of_a_moments_theme(study, coding):
    goals = Goals(study.file, "D", "kim")
    sleep, play = goals.add("sleep well"), goals.add("play longer")
    goals.set_status(sleep.id, "reached")
    coding = study.coding("S1", "kim", scheme=study.scheme("strengths_review"))
    theme = next(one for one in coding.observation.scheme.modifiers if one.id == "theme")
    assert [(one.label, one.key) for one in theme.values] == [
        ("play longer", "1"),
        ("sleep well", "2"),
    ]
    coding.add([moment("m1", 10)])
    coding.modify("m1", "theme", (play.id,))
    assert moments(study, "S1")[0].goal_id == play.id
    assert theme.label_of(play.id) == "play longer"
    entry = study.session("S1").observations[0]
    again = study.observation(entry)
    assert again.scheme == coding.observation.scheme
    assert entry.scheme_hash == again.scheme.content_hash
    with pytest.raises(Exception, match="no such goal"):
        coding.modify("m1", "theme", ("no such goal",))
    study.ensure_session("S9", "E")
    other = study.coding("S9", "kim", scheme=study.scheme("strengths_review"))
    assert next(one for one in other.observation.scheme.modifiers if one.id == "theme").values == ()


def test_what_researchers_coded_becomes_candidates_and_then_moments_in_one_edit(study, coding):
    researched(study)
    found = candidates_for(study, "S1", "bids-met", "kim")
    assert [(one.entry.coder_id, one.candidate) for one in found] == [
        ("ria", Candidate(("b", "a"), 8 * S, round(10.6 * S), "bids met within 1 s"))
    ]
    take(
        coding,
        [one.candidate for one in found],
        "connection",
        stamp_of=lambda us: Stamp(us // 40_000 * 40_000, "cam", us // 40_000),
    )
    (made,) = moments(study, "S1")
    assert (made.kind, made.status, made.onset_us, made.event.onset_frame) == (
        "connection",
        "candidate",
        8 * S,
        200,
    )
    assert (made.offset_us, made.event.offset_frame) == (10_600_000, 265)
    coding.undo()
    assert moments(study, "S1") == ()
    with pytest.raises(NoSuchCode):
        take(coding, [found[0].candidate], "risk")


def test_of_several_observations_the_most_trusted_one_is_asked(study):
    for role in ("training", "primary", "consensus", "reliability"):
        researched(study, "ria", role)
    (found,) = candidates_for(study, "S1", "bids-met")
    assert found.entry.role == "consensus"


def test_what_has_to_stay_hidden_is_not_looked_into(study):
    researched(study)
    study.file.add(Coder(id="boss", role="investigator"))
    assert candidates_for(study, "S1", "bids-met", "boss")
    with pytest.raises(NothingCoded):  # the draft of another coder
        candidates_for(study, "S1", "bids-met", "kim")


def test_a_query_that_no_scheme_of_the_session_knows_is_refused(study):
    with pytest.raises(NothingCoded, match="bids-met"):
        candidates_for(study, "S1", "bids-met")
    researched(study)
    with pytest.raises(NotAQuery, match="no track “smiles”"):
        candidates_for(study, "S1", "smiles")
