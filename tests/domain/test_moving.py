"""Laws of moving observations between versions: what a reversible mapping moves comes back."""

import copy
import json
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from answering_scheme import DOCUMENT
from imhcode.domain.event import Event, Link
from imhcode.domain.moving import moved
from imhcode.domain.observation import Observation
from imhcode.domain.rating import Rating
from imhcode.domain.scheme import RatingScale, Scale, Scheme
from imhcode.domain.timeline import Timeline
from imhcode.schemes.building import scheme_from_document
from imhcode.schemes.mapping import mapping_in
from imhcode.schemes.source import parse

PLAIN = copy.deepcopy(DOCUMENT)
PLAIN["tracks"][0]["codes"] += [{"id": "far", "label": "Far"}, {"id": "unseen", "label": "Unseen"}]
PLAIN["modifiers"].append(
    {
        "id": "distance",
        "label": "Distance",
        "type": "choice",
        "values": [{"id": "near", "label": "Near"}, {"id": "away", "label": "Away"}],
    }
)
WARMTH = RatingScale(id="warmth", label="Warmth", subject="dyad", scale=Scale(minimum=1, maximum=5))


def scheme(plain, *ratings: RatingScale) -> Scheme:
    built = scheme_from_document(plain)
    return Scheme(
        **{name: getattr(built, name) for name in Scheme.__dataclass_fields__ if name != "ratings"},
        ratings=ratings,
    )


OLD = scheme(PLAIN, WARMTH)
ONE = {"clarity": ("clear", "faint"), "how": ("voice", "face", "touch"), "distance": ()}


@st.composite
def observations(draw):
    """An observation of the old scheme: states without overlap, bids with all modifiers, links."""
    at = sorted(draw(st.sets(st.integers(0, 60), max_size=8)))
    events = [
        Event(
            id=f"s{n}",
            track="state",
            code=draw(st.sampled_from(["together", "apart", "far", "unseen"])),
            onset_us=from_us,
            offset_us=until_us,
            onset_reviewed=draw(st.booleans()),
        )
        for n, (from_us, until_us) in enumerate(pairwise(at))
    ]
    bids = draw(st.lists(st.integers(0, 60), max_size=5))
    for n, onset_us in enumerate(bids):
        modifiers = {}
        if draw(st.booleans()):
            modifiers["clarity"] = (draw(st.sampled_from(ONE["clarity"])),)
        if draw(st.booleans()):
            modifiers["how"] = tuple(
                draw(st.lists(st.sampled_from(ONE["how"]), min_size=1, unique=True))
            )
        if draw(st.booleans()):
            modifiers["words"] = ("=a b, “c”",)
        events.append(
            Event(
                id=f"b{n}",
                track="bid",
                code=draw(st.sampled_from(["look", "smile"])),
                onset_us=onset_us,
                offset_us=onset_us + draw(st.integers(0, 5)),
                modifiers=tuple(sorted(modifiers.items())),
                comment=draw(st.sampled_from(["", "who knows"])),
                flagged=draw(st.booleans()),
            )
        )
        events.append(
            Event(
                id=f"a{n}",
                track="answer",
                code="joins",
                onset_us=onset_us,
                offset_us=onset_us,
                links=(Link("answers", f"b{n}"),) if draw(st.booleans()) else (),
            )
        )
    evidence = tuple(draw(st.sets(st.sampled_from([one.id for one in events]))) if events else ())
    rating = Rating(id="r", scale="warmth", value=3, evidence=evidence)
    return Observation(id="o", session_id="s", coder_id="c", scheme=OLD).with_events(events), draw(
        st.sampled_from([[], [rating]])
    )


def change_a_state(kind, plain):
    """Let "far" become something else; return the change as a mapping says it."""
    codes = plain["tracks"][0]["codes"]
    far, apart = (next(one for one in codes if one["id"] == name) for name in ("far", "apart"))
    at = {"change": kind, "track": "state", "from": "far"}
    if kind == "rename":
        far["id"] = "distant"
        return at | {"to": "distant"}
    if kind == "split":
        codes.append({"id": "farther", "label": "Farther"})
        return at | {"to": ["far", "farther"], "until_then": "far"}
    if kind == "look":
        return at
    codes.remove(far)
    if kind == "merge":
        return at | {"from": ["apart", "far"], "to": "apart"}
    if kind == "to_modifier":
        apart["modifiers"] = ["distance"]
        return at | {"to": "apart", "modifier": "distance", "value": "away"}
    return at  # to_note


def change_clarity(plain, values):
    """Rename a modifier, and one of its values perhaps to a name that is taken."""
    clarity = plain["modifiers"][0]
    clarity["id"] = plain["tracks"][1]["modifiers"][0] = "clearness"
    if values:
        del clarity["values"][1]
    if values == {"faint": "weak"}:
        clarity["values"].append({"id": "weak", "label": "Weak"})
    rename = {"change": "rename", "from": "clarity", "to": "clearness"}
    return rename | ({"values": values} if values else {})


KINDS = ["rename", "split", "look", "merge", "to_modifier", "to_note"]
GLOW = RatingScale(id="glow", label="Glow", subject="dyad", scale=Scale(minimum=1, maximum=5))


@st.composite
def changes(draw):
    """A new scheme and the mapping that leads to it: some can be taken back, some cannot."""
    plain = copy.deepcopy(PLAIN) | {"version": "2.0.0"}
    said = {"imhcode_mapping": "1.0", "from": "answering@1.0.0", "to": "answering@2.0.0"}
    kind = draw(st.sampled_from(["", "rename", "to_modifier", *KINDS]))
    said["codes"] = [change_a_state(kind, plain)] if kind else []
    if draw(st.booleans()):
        values = draw(st.sampled_from([{}, {"faint": "weak"}, {"faint": "clear"}]))
        said["modifiers"] = [change_clarity(plain, values)]
    if draw(st.sampled_from([False, False, False, True])):
        plain["tracks"][1]["modifiers"].remove("words")
    if draw(st.booleans()):
        plain["tracks"][1]["id"] = plain["links"][0]["to_track"] = "signal"
        said["tracks"] = [{"change": "rename", "from": "bid", "to": "signal"}]
    if draw(st.booleans()):
        plain["links"][0]["id"] = "replies"
        said["links"] = [{"change": "rename", "from": "answers", "to": "replies"}]
    scales = draw(st.sampled_from([[WARMTH], [GLOW], [WARMTH], [GLOW], []]))
    if scales == [GLOW]:
        said["ratings"] = [{"change": "rename", "from": "warmth", "to": "glow"}]
    elif not scales:
        said["ratings"] = [{"change": "drop", "from": "warmth"}]
    new = scheme(plain, *scales)
    mapping, findings = mapping_in(parse(json.dumps(said)), OLD, new)
    assert findings == []
    return new, mapping


def by_id(events):
    return {one.id: one for one in events}


@settings(deadline=None, max_examples=300)
@given(coded=observations(), change=changes())
def test_what_a_reversible_mapping_moved_comes_back_unchanged(coded, change):
    observation, ratings = coded
    new, mapping = change
    there = moved(observation.timeline, ratings, mapping, OLD, new)
    blank = Observation(id="n", session_id="s", coder_id="c", scheme=new)
    anew = blank.after(there.edit)
    assert set(by_id(anew.timeline)) <= set(by_id(observation.timeline))
    assert anew.after(there.edit.inverse).timeline == Timeline()
    if not mapping.is_reversible:
        return
    assert there.looks == ()
    back = moved(anew.timeline, anew.ratings.values(), mapping.back(), new, OLD)
    again = Observation(id="o", session_id="s", coder_id="c", scheme=OLD).after(back.edit)
    assert again.timeline == observation.timeline
    assert list(again.ratings.values()) == ratings
    assert back.looks == ()


@settings(deadline=None, max_examples=300)
@given(coded=observations(), change=changes())
def test_nothing_is_dropped_without_a_word(coded, change):
    observation, ratings = coded
    new, mapping = change
    move = moved(observation.timeline, ratings, mapping, OLD, new)
    left = by_id(step.after for step in move.edit.steps)
    notes = [look for look in move.looks if look.reason == "note"]
    assert len(left) + move.joined + len(notes) == len(observation.timeline)
    kept_words = {one for one in left.values() if one.modifier("words")}
    had_words = [one for one in observation.timeline if one.modifier("words")]
    told = sum("=a b, “c”" in one.comment and one.flagged for one in left.values())
    assert len(kept_words) + told == len(had_words)
    for look in move.looks:
        if look.event:
            assert left[look.event].flagged
            assert look.message in left[look.event].comment
    for old in observation.timeline:
        if old.id in left:
            assert left[old.id].onset_us == old.onset_us
    ratings_told = sum(look.reason == "rating" for look in move.looks)
    assert len(move.edit.ratings) + ratings_told >= len(ratings)
