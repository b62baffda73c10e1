"""What is written down is read back, whatever people type."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from child_coder import BLANK, ODD_TEXT, lay_out
from imhcode.domain.decision import CHOICES, Decision
from imhcode.domain.edit import Edit, Step
from imhcode.domain.event import Event, Link
from imhcode.domain.rating import Rating, RatingStep
from imhcode.store.wire import edit_of, event_of, plain_event, text_of, text_of_edit

whole = st.integers(-(2**61), 2**61)
text = st.sampled_from(ODD_TEXT) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
name = text.filter(bool)


@st.composite
def any_event(draw):
    onset = draw(whole)
    offset = draw(st.none() | st.just(onset) | st.integers(onset, 2**61))
    modifiers = draw(st.dictionaries(text, st.lists(text, max_size=3).map(tuple), max_size=3))
    return Event(
        id=draw(name),
        track=draw(text),
        code=draw(text),
        onset_us=onset,
        offset_us=offset,
        onset_frame=draw(st.none() | st.integers(0, 2**40)),
        offset_frame=draw(st.none() | st.integers(0, 2**40)),
        recording=draw(text),
        modifiers=tuple(sorted(modifiers.items())),
        links=tuple(draw(st.lists(st.builds(Link, text, text), max_size=3))),
        pass_id=draw(text),
        comment=draw(text),
        instance=draw(text),
        transcript=draw(text),
        onset_reviewed=draw(st.booleans()),
        offset_reviewed=draw(st.booleans()),
        flagged=draw(st.booleans()),
    )


def pairs(things, step):
    return st.lists(st.builds(step, st.none() | things, st.none() | things), max_size=3).map(tuple)


any_rating = st.builds(
    Rating,
    id=name,
    scale=text,
    episode=text,
    value=st.none() | st.floats(-10, 10),
    na_reason=text,
    confidence=text,
    evidence=st.lists(text, max_size=3).map(tuple),
    comment=text,
)
any_decision = st.builds(
    Decision,
    about=text,
    choice=st.sampled_from(CHOICES),
    note=text,
    accepted=st.lists(text, max_size=3).map(tuple),
)
any_edit = st.builds(
    Edit,
    st.just("press"),
    pairs(any_event(), Step),
    pairs(any_rating, RatingStep),
    st.none() | any_decision,
)


@settings(deadline=None)
@given(edit=any_edit)
def test_edits_come_back_as_they_were_and_canonical(edit):
    written = text_of_edit(edit)
    assert edit_of("press", written) == edit
    assert text_of_edit(edit_of("press", written)) == written
    assert "\n" not in written


@settings(deadline=None)
@given(event=any_event())
def test_only_what_differs_from_the_default_is_written(event):
    plain = plain_event(event)
    assert event_of(json.loads(text_of(plain))) == event
    assert all(
        value not in ("", [], None)
        for name, value in plain.items()
        if name not in {"id", "track", "code", "offset_us"}
    )


def test_the_bytes_of_an_edit_are_pinned():
    """The chain of hashes in old studies holds only while these bytes stay as they are."""
    bid = Event(
        id="a",
        track="infant_bid",
        code="look",
        onset_us=-40_000,
        offset_us=-40_000,
        onset_frame=0,
        recording="cam",
        modifiers=(("clarity", ("clear",)),),
        links=(Link("answers", "b"),),
        comment="„ö“\n👶",
    )
    assert text_of_edit(Edit("press", (Step(None, bid), Step(bid, None)))) == (
        '[[null,{"code":"look","comment":"„ö“\\n👶","id":"a","links":[["answers","b"]],"modifiers":[["clarity",["clear"]]],'
        '"offset_us":-40000,"onset_frame":0,"onset_us":-40000,"recording":"cam","track":"infant_bid"}],'
        '[{"code":"look","comment":"„ö“\\n👶","id":"a","links":[["answers","b"]],"modifiers":[["clarity",["clear"]]],'
        '"offset_us":-40000,"onset_frame":0,"onset_us":-40000,"recording":"cam","track":"infant_bid"},null]]'
    )


def test_any_edit_goes_through_the_file_and_back(tmp_path):
    study = lay_out(tmp_path / "study.imh")
    log = study.log_of("obs")
    written = []

    @settings(deadline=None, max_examples=60)
    @given(event=any_event(), rating=st.none() | any_rating)
    def through(event, rating):
        rated = (RatingStep(None, rating),) if rating else ()
        edit = Edit("import", (Step(None, event),), rated)
        log.append("do", edit, "cara")
        assert log.edit(log.causes()[-1][0]) == edit
        assert event in study.events_of("obs")
        assert study.ratings_of("obs") == ([rating] if rating else [])
        log.append("undo", edit.inverse, "cara")
        assert study.events_of("obs") == study.ratings_of("obs") == []
        written.append(edit)

    through()
    assert [entry.edit for entry in log.entries()][::2] == written
    assert log.broken_at() is None
    assert BLANK.with_events(study.events_of("obs")) == BLANK
    study.close()
