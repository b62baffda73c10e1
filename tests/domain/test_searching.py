"""Finding events by words and conditions in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imhcode.domain.event import Event
from imhcode.domain.searching import NotACondition, Said, search_for

SAID = Said("smile bid", "infant bids", "faint or brief", "looks away\nagain", linked=True)


def event(length_us=3_000_000, **more) -> Event:
    until = None if length_us is None else length_us
    return Event(id="e", track="t", code="c", onset_us=0, offset_us=until, **more)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", True),
        ("smile", True),
        ("SMILE away", True),
        ("smile reach", False),
        ("code:smile", True),
        ("code:away", False),
        ("text:away", True),
        ("track:infant modifier:brief", True),
        ('"smile bid"', True),
        ('"bid smile"', False),
        ('modifier:"faint or"', True),
        ("-reach", True),
        ("-smile", False),
        (">2s", True),
        (">3s", False),
        (">2999ms", True),
        ("<0.1m", True),
        ("<2,5", False),
        ("-<2.5", True),
        ("link:some", True),
        ("link:none", False),
        ("-link:none", True),
        ("flag:yes", False),
        ("flag:n", True),
        ("reviewed:no", True),
        ("running:no", True),
        ("code:smile >1s <4s link:yes", True),
        ("12:30", False),
        (">", False),
    ],
)
def test_every_condition_must_hold(text, found):
    assert search_for(text).accepts(event(), SAID) is found


def test_what_is_known_of_the_event_is_asked():
    assert search_for("flag:yes").accepts(event(flagged=True), SAID)
    assert search_for("running:yes").accepts(event(None), SAID)
    assert not search_for(">0s").accepts(event(None), SAID)
    assert not search_for("reviewed:yes").accepts(event(onset_reviewed=True), SAID)
    assert search_for("reviewed:yes").accepts(event(0, onset_reviewed=True), SAID)
    both = event(onset_reviewed=True, offset_reviewed=True)
    assert search_for("reviewed:yes").accepts(both, SAID)


@pytest.mark.parametrize("text", ["flag:perhaps", ">2h", ">soon", "<<2s"])
def test_what_cannot_be_asked_is_named(text):
    with pytest.raises(NotACondition, match=text):
        search_for(text)


@given(st.text(max_size=40))
def test_any_text_is_understood_or_refused(text):
    try:
        search_for(text).accepts(event(), SAID)
    except NotACondition as refusal:
        assert refusal.fields["text"]  # noqa: PT017
