"""A scheme of three tracks for tests that are not about schemes."""

from imhcode.domain.scheme import Code, Modifier, ModifierValue, Pass, Scheme, Subject, Track


def code(name: str, key: str, **more: object) -> Code:
    return Code(id=name, label=name.replace("_", " ").capitalize(), key=key, **more)


SMALL = Scheme(
    id="small",
    version="1.0.0",
    title="A small scheme",
    subjects=(
        Subject(id="infant", label="Infant", role="child"),
        Subject(id="dyad", label="Dyad", role="group"),
    ),
    tracks=(
        Track(
            id="dyad_state",
            label="Dyad state",
            subject="dyad",
            kind="state",
            exclusive=True,
            exhaustive=True,
            codes=(
                code("attuned", "a", color="#009E73"),
                code("out_of_step", "d", color="#F0E442", pattern="diagonal"),
                code("uncodable", "u", uncodable=True, pattern="blank"),
            ),
        ),
        Track(
            id="touch",
            label="Touch",
            subject="dyad",
            kind="state",
            codes=(code("stroke", "x"), code("hold", "c")),
        ),
        Track(
            id="infant_bid",
            label="Infant bids",
            subject="infant",
            kind="point",
            takes_duration=True,
            modifiers=("clarity",),
            codes=(code("look", "q"), code("smile", "e")),
        ),
    ),
    modifiers=(
        Modifier(
            id="clarity",
            label="Signal clarity",
            type="choice",
            required=True,
            default="clear",
            values=(
                ModifierValue(id="clear", label="Clear", key="1"),
                ModifierValue(id="faint", label="Faint", key="2"),
            ),
        ),
    ),
    passes=(
        Pass(id="states", label="States", order=1, tracks=("dyad_state", "touch")),
        Pass(id="bids", label="Bids", order=2, tracks=("infant_bid",)),
    ),
    content_hash="small-1",
)
