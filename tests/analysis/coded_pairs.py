"""Two coders' observations of one short session, made at random, and what is said about them."""

from dataclasses import replace

from hypothesis import strategies as st

from imhcode.analysis.agreement_rows import PairOfCoders, rows_of
from imhcode.analysis.compared_pair import pair_of
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.pair_tables import tables_of_pairs
from imhcode.domain.event import Event, Link
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Code, LinkRule, Modifier, ModifierValue, Scheme, Track

S = 1_000_000
LENGTH_S = 30
TOLERANCE = Parameters(tolerance_us=2 * S)


def code(name, **more):
    return Code(id=name, label=name, **more)


SCHEME = Scheme(
    id="pairs",
    version="1.0.0",
    title="Pairs",
    tracks=(
        Track(
            id="state",
            label="State",
            subject="dyad",
            kind="state",
            exclusive=True,
            codes=(
                code("near", classes=("on",)),
                code("far", classes=("on",)),
                code("off"),
                code("hidden", uncodable=True),
            ),
        ),
        Track(
            id="touch",
            label="Touch",
            subject="dyad",
            kind="state",
            codes=(code("stroke"), code("hold")),
        ),
        Track(
            id="bid",
            label="Bid",
            subject="infant",
            kind="point",
            modifiers=("clarity",),
            codes=(code("look"), code("voice"), code("reach")),
        ),
        Track(
            id="answer",
            label="Answer",
            subject="caregiver",
            kind="point",
            links=("answers",),
            codes=(code("joins"), code("misses"), code("unseen", uncodable=True)),
        ),
    ),
    modifiers=(
        Modifier(
            id="clarity",
            label="Clarity",
            type="choice",
            values=(ModifierValue(id="clear", label="Clear"), ModifierValue(id="faint", label="F")),
        ),
    ),
    links=(LinkRule(id="answers", label="Answers", from_track="answer", to_track="bid"),),
    content_hash="pairs-1",
)

seconds = st.integers(0, LENGTH_S)
clarities = st.sampled_from([(), (("clarity", ("clear",)),), (("clarity", ("faint",)),)])


@st.composite
def observations(draw, coder="a"):
    """One coder's record: states that exclude each other, states that do not, bids and answers."""
    events = []
    edges = sorted(draw(st.lists(seconds, max_size=8, unique=True)))
    for n, onset in enumerate(edges):
        name = draw(st.sampled_from(["near", "far", "off", "hidden", ""]))
        offset = edges[n + 1] if n + 1 < len(edges) else LENGTH_S
        if name and offset > onset:
            events.append(state(f"s{n}", "state", name, onset, offset))
    for n, name in enumerate(draw(st.lists(st.sampled_from(["stroke", "hold"]), max_size=3))):
        onset = draw(seconds)
        events.append(state(f"t{n}", "touch", name, onset, onset + draw(st.integers(1, 9))))
    bids = draw(
        st.lists(st.tuples(seconds, st.sampled_from(["look", "voice", "reach"])), max_size=5)
    )
    for n, (onset, name) in enumerate(bids):
        made = point(f"b{n}", "bid", name, onset)
        events.append(replace(made, modifiers=draw(clarities)))
        if draw(st.booleans()):
            said = draw(st.sampled_from(["joins", "misses", "unseen"]))
            made = point(f"a{n}", "answer", said, onset + draw(st.integers(0, 4)))
            events.append(replace(made, links=(Link("answers", f"b{n}"),)))
    return observed(coder, events)


def observed(coder, events, scheme=SCHEME):
    blank = Observation(
        id=f"o-{coder}",
        session_id="S",
        coder_id=coder,
        scheme=scheme,
        coded_from_us=0,
        coded_until_us=LENGTH_S * S,
    )
    return blank.with_events(events)


def state(name, track, said, onset_s, offset_s):
    return Event(id=name, track=track, code=said, onset_us=onset_s * S, offset_us=offset_s * S)


def point(name, track, said, onset_s):
    return state(name, track, said, onset_s, onset_s)


def events_of(observation, change=lambda event: event):
    return [change(event) for event in observation.timeline]


def rows_about(a, b, *, window_us=(0, LENGTH_S * S), parameters=TOLERANCE):
    """Every row of every track of one session, by what it is about."""
    pair = pair_of(a, b, window_us)
    who = [PairOfCoders("S", "", "a", "b")]
    found = {}
    for track in a.scheme.tracks:
        tables = tables_of_pairs([pair], a.scheme, track, parameters)
        for row in rows_of(who, tables, parameters):
            key = (row.track_id, row.code, row.level, row.index, row.direction, row.unit)
            assert key not in found, key
            found[key] = row
    return found


def numbers(row):
    """What a row says."""
    return (
        *(row.value, row.null_reason, row.po, row.pe, row.ci_low, row.ci_high),
        *(row.n_events_a, row.n_events_b, row.n_matched, row.n_only_a, row.n_only_b),
        *(row.codable_s, row.excluded_s),
    )
