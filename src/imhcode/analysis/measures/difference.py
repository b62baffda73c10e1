"""One episode's number minus that of another."""

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.measured import VALUE, Number, Result
from imhcode.analysis.measures import MEASURES, MeasureKind, compute
from imhcode.analysis.selecting import Declared

SIDES = ("minuend", "subtrahend")


def difference(declared: Declared, session: CodedSession, section: Section) -> Result:
    """The number of the first kind of episode minus that of the second; there must be one each."""
    del section
    first, second = (_number_of(declared, session, declared[one]) for one in SIDES)
    if first.value is None or second.value is None:
        side, number = (SIDES[0], first) if first.value is None else (SIDES[1], second)
        reason = _reason(declared[side], number)
        return Result((Number(VALUE, None, number.n, null_reason=reason),))
    n = None if first.n is None or second.n is None else first.n + second.n
    return Result((Number(VALUE, first.value - second.value, n),))


def _number_of(declared: Declared, session: CodedSession, episode: str) -> Number:
    sections = [one for one in session.sections if one.kind == episode]
    if len(sections) != 1:
        reason = f"several episodes {episode}" if sections else f"no episode {episode}"
        return Number(VALUE, None, null_reason=reason)
    measure = session.measures[declared["measure"]]
    return compute(measure, session, sections[0]).numbers[0]


def _reason(episode: str, number: Number) -> str:
    named = episode in number.null_reason.split()
    return number.null_reason if named else f"{episode}: {number.null_reason}"


MEASURES.add(
    MeasureKind(
        name="difference",
        of=difference,
        formula=lambda declared: (
            f"{declared['measure']} of {declared['minuend']} minus {declared['measure']} of "
            f"{declared['subtrahend']}"
        ),
        source="Mesman, J., van IJzendoorn, M. H., & Bakermans-Kranenburg, M. J. (2009). The many "
        "faces of the Still-Face Paradigm. Developmental Review, 29, 120-162.",
        tracks=lambda _: (),
        timed=False,
    )
)
