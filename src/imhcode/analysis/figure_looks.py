"""How series look: a code as its scheme says, anything else from one palette."""

from collections.abc import Iterable
from typing import Literal

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.figure import Series
from imhcode.domain.codes import Pattern
from imhcode.domain.scheme import Track

#: Okabe & Ito, dark ones first: told apart with every kind of colour vision
PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#333333")
PATTERNS: tuple[Pattern, ...] = (
    *("solid", "diagonal", "dots", "horizontal", "vertical", "crosshatch", "grid"),
)
DASHES: tuple[Literal["solid", "dashed", "dotted", "dashdot"], ...] = (
    *("solid", "dashed", "dotted", "dashdot"),
)
SHAPES: tuple[Literal["circle", "square", "triangle", "diamond", "cross"], ...] = (
    *("circle", "square", "triangle", "diamond", "cross"),
)
INK, QUIET = "#333333", "#8c8c8c"


def own_series(place: int, series_id: str, label: str, *, in_legend: bool = True) -> Series:
    """The look of the ``place``-th of some series that have no colours of their own."""
    return Series(
        id=series_id,
        label=label,
        color=PALETTE[place % len(PALETTE)],
        pattern=PATTERNS[place % len(PATTERNS)],
        dash=DASHES[place % len(DASHES)],
        shape=SHAPES[place % len(SHAPES)],
        in_legend=in_legend,
    )


def code_series(track: Track, *, only: Iterable[str] | None = None) -> list[Series]:
    """The looks of a track's codes, in the scheme's order, as ``track/code``."""
    wanted, names = None if only is None else set(only), code_names(track)
    return [
        Series(
            id=series_id(track, code.id),
            label=names[code.id],
            color=code.color.lower(),
            pattern=code.pattern,
            dash=DASHES[place % len(DASHES)],
            shape=SHAPES[place % len(SHAPES)],
        )
        for place, code in enumerate(track.codes)
        if wanted is None or code.id in wanted
    ]


def code_names(track: Track) -> dict[str, str]:
    """What each code of a track is called; two of one label go by their ids."""
    labels = [code.label for code in track.codes]
    return {
        code.id: code.label
        if labels.count(code.label) == 1
        else code.id.replace("_", " ").capitalize()
        for code in track.codes
    }


def series_id(track: Track, code_id: str) -> str:
    """How the series of a code is called."""
    return f"{track.id}/{code_id}"


def section_label(session: CodedSession, kind: str) -> str:
    """The words for an episode's kind; for the whole session too."""
    if not kind:
        return "Whole session"
    known = session.scheme.episodes.kind(kind)
    return known.label if known else kind.replace("_", " ")


def sections_shown(session: CodedSession) -> list[Section]:
    """What a figure of a session shows side by side: its episodes, or all of it."""
    return session.sections or [session.session]


def kinds_in_order(session: CodedSession, kinds: Iterable[str]) -> list[str]:
    """Kinds of episode as the scheme orders them, then the lab's own."""
    known = [one.id for one in session.scheme.episodes.kinds]
    some = list(dict.fromkeys(kinds))
    return sorted(some, key=lambda one: known.index(one) if one in known else len(known))


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "session"), counted(2, "session")
    ('1 session', '2 sessions')
    """
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s"
