"""A small scheme that uses the whole language: every kind of track, links, a walk, ratings."""

from imhcode.domain.scheme import (
    Bins,
    Code,
    EndReason,
    EpisodeKind,
    Episodes,
    LinkRule,
    Pass,
    RatingScale,
    Scale,
    Scheme,
    Subject,
    Suggestion,
    Track,
    Walk,
    Window,
)

S = 1_000_000


def code(name: str, key: str, **more: object) -> Code:
    return Code(id=name, label=name.replace("_", " ").capitalize(), key=key, **more)


WHOLE = Scheme(
    id="whole",
    version="1.0.0",
    title="A scheme that uses everything",
    subjects=(
        Subject(id="infant", label="Infant", role="child"),
        Subject(id="caregiver", label="Caregiver", role="caregiver", allow_instances=True),
        Subject(id="dyad", label="Dyad", role="group", members=("infant", "caregiver")),
    ),
    tracks=(
        Track(
            id="state",
            label="State",
            subject="dyad",
            kind="state",
            exclusive=True,
            exhaustive=True,
            default_code="attuned",
            codes=(
                code("attuned", "a"),
                code("side_by_side", "s"),
                code("ruptured", "d"),
                code("cannot_see", "u", uncodable=True),
            ),
        ),
        Track(
            id="touch",
            label="Touch",
            subject="caregiver",
            kind="state",
            min_gap_us=S,
            entry="hold",
            codes=(code("stroke", "x"), code("hold", "c")),
        ),
        Track(
            id="gaze",
            label="Gaze",
            subject="caregiver",
            kind="state",
            exclusive=True,
            min_gap_us=S,
            codes=(code("to_face", "g"), code("away", "h")),
        ),
        Track(
            id="bid",
            label="Bids",
            subject="infant",
            kind="point",
            takes_duration=True,
            min_gap_us=S,
            codes=(code("look", "q"), code("cry", "w"), code("break_signal", "e")),
        ),
        Track(
            id="response",
            label="Responses",
            subject="caregiver",
            kind="point",
            links=("answers",),
            codes=(
                code("joins", "j"),
                code("comforts", "k", answers_only=("cry",)),
                code(
                    "no_answer",
                    "n",
                    suggestion=Suggestion(
                        when="bid has no linked response", at="bid.onset + link_window"
                    ),
                ),
                code("cannot_tell", "t", uncodable=True),
            ),
        ),
        Track(
            id="repair",
            label="Ruptures and repair",
            subject="dyad",
            kind="point",
            links=("repair_of",),
            codes=(
                code(
                    "rupture",
                    "r",
                    suggestion=Suggestion(when="state enters ruptured", at="state.onset"),
                ),
                code("attempt", "v"),
                code(
                    "repaired",
                    "b",
                    suggestion=Suggestion(
                        when="first attuned or side_by_side of 2 s or more after a rupture",
                        at="state.onset",
                    ),
                ),
            ),
        ),
        Track(
            id="affect",
            label="Affect",
            subject="infant",
            kind="interval",
            exclusive=True,
            bins=Bins(length_us=S),
            codes=(code("bright", "1", value=1), code("sad", "2", value=-1)),
        ),
        Track(
            id="moment",
            label="Moments",
            subject="dyad",
            kind="range",
            codes=(code("together", "y"), code("wonder", "z")),
        ),
    ),
    passes=(
        Pass(id="states", label="States", order=1, tracks=("state", "touch", "gaze")),
        Pass(id="bids", label="Bids", order=2, tracks=("bid",)),
        Pass(
            id="responses",
            label="Responses",
            order=3,
            tracks=("response",),
            walk=Walk(over_track="bid", lead_us=S, tail_us=5 * S),
        ),
        Pass(
            id="repair",
            label="Repair",
            order=4,
            tracks=("repair",),
            walk=Walk(over_track="state", codes=("ruptured",), lead_us=3 * S, tail_us=5 * S),
        ),
    ),
    links=(
        LinkRule(
            id="answers",
            label="Answers",
            from_track="response",
            to_track="bid",
            cardinality="many_to_one",
            required=True,
            window=Window(max_us=5 * S, by_age=((4, 3 * S),)),
            suggest="nearest_preceding_unlinked",
            one_counts="first",
        ),
        LinkRule(
            id="repair_of",
            label="Repairs",
            from_track="repair",
            to_track="repair",
            from_codes=("attempt", "repaired"),
            to_codes=("rupture",),
            cardinality="many_to_one",
            required=True,
            suggest="nearest_preceding_unlinked",
        ),
    ),
    episodes=Episodes(
        required=True,
        ordered=True,
        allow_custom=True,
        kinds=(
            EpisodeKind(id="play", label="Play", order=1, key="1", min_us=60 * S),
            EpisodeKind(id="still_face", label="Still face", order=2, end_reason_required=True),
            EpisodeKind(id="reunion", label="Reunion", order=3),
            EpisodeKind(id="pause", label="Pause", optional=True, excluded=True),
        ),
        end_reasons=(
            EndReason(id="full_time", label="Full time"),
            EndReason(id="distress", label="Infant distress"),
        ),
    ),
    ratings=(
        RatingScale(
            id="warmth",
            label="Warmth",
            subject="caregiver",
            scale=Scale(minimum=1, maximum=5),
            scope=("session", "episode"),
            allow_not_applicable=True,
            evidence_min=1,
            evidence_track="bid",
            confidences=("low", "high"),
        ),
        RatingScale(
            id="warmth_seven",
            label="Warmth in seven",
            subject="caregiver",
            scale=Scale(minimum=1, maximum=7, allow_half=True),
            alternate_of="warmth",
        ),
        RatingScale(
            id="strain",
            label="Strain",
            subject="caregiver",
            scale=Scale(minimum=-2, maximum=2),
            scope=("episode",),
        ),
    ),
    content_hash="whole-1",
)
