"""Hypothesis strategies: any events that a scheme allows, with the oddest of texts."""

from hypothesis import strategies as st

from imhcode.domain.event import Event, Link
from imhcode.domain.text import clean_text

DANGEROUS = st.sampled_from(
    [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "'=1",
        "''-",
        "'",
        '"',
        "a,b;c\td",
        "a|b",
        "a\\|b",
        "\\",
        "one\ntwo",
        "é🙂\u202eabc",
        "NA",
        "1e5",
    ]
)
TEXTS = (st.text(max_size=12) | DANGEROUS).map(clean_text)
IDS = TEXTS.filter(bool)
TIMES_US = st.integers(-(10**9), 10**12) | st.integers(0, 2000).map(lambda ms: ms * 1000)
FRAMES = st.none() | st.integers(0, 10**6)


@st.composite
def event_lists(draw: st.DrawFn) -> list[Event]:
    """Events of the answering scheme that no rule forbids."""
    ids = draw(st.lists(IDS, unique=True, max_size=12))
    shared = st.fixed_dictionaries(
        {
            "recording": TEXTS,
            "onset_frame": FRAMES,
            "pass_id": st.sampled_from(["", "bids"]),
            "comment": TEXTS,
            "instance": TEXTS,
            "transcript": TEXTS,
            "flagged": st.booleans(),
            "onset_reviewed": st.booleans(),
            "offset_reviewed": st.booleans(),
        }
    )
    edges = sorted(draw(st.lists(TIMES_US, unique=True, min_size=2, max_size=6)))
    events = []
    for id_ in ids:
        match draw(st.sampled_from(["state", "bid", "answer"])):
            case "state" if len(edges) >= 2:
                running = len(edges) == 2 and draw(st.booleans())
                events.append(
                    Event(
                        id=id_,
                        track="state",
                        code=draw(st.sampled_from(["together", "apart"])),
                        onset_us=edges[0],
                        offset_us=None if running else edges[1],
                        offset_frame=None if running else draw(FRAMES),
                        **draw(shared),
                    )
                )
                del edges[0 : 2 if running else 1]
            case "answer":
                at_us = draw(TIMES_US)
                links = draw(
                    st.lists(
                        st.sampled_from(ids).map(lambda target: Link("answers", target))
                        | IDS.map(lambda gone: Link("answers", gone)),
                        max_size=3,
                    )
                )
                events.append(
                    Event(
                        id=id_,
                        track="answer",
                        code="joins",
                        onset_us=at_us,
                        offset_us=at_us,
                        links=tuple(links),
                        **draw(shared),
                    )
                )
            case _:
                at_us = draw(TIMES_US)
                length_us = draw(st.integers(0, 10**6))
                events.append(
                    Event(
                        id=id_,
                        track="bid",
                        code=draw(st.sampled_from(["look", "smile"])),
                        onset_us=at_us,
                        offset_us=at_us + length_us,
                        modifiers=draw(answers()),
                        **draw(shared),
                    )
                )
    return events


@st.composite
def answers(draw: st.DrawFn) -> tuple[tuple[str, tuple[str, ...]], ...]:
    chosen = {
        "clarity": draw(st.lists(st.sampled_from(["clear", "faint"]), max_size=1)),
        "how": draw(st.lists(st.sampled_from(["voice", "face", "touch"]), unique=True)),
        "words": draw(st.lists(IDS, max_size=1)),
        "times": draw(st.lists(st.integers(-5, 5).map(str) | IDS, max_size=1)),
    }
    return tuple((name, tuple(values)) for name, values in sorted(chosen.items()) if values)
