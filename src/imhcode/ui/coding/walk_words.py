"""What the strip under the picture says during a walk."""

from PySide6.QtCore import QCoreApplication

from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Pass, Scheme
from imhcode.domain.suggestions import Suggested
from imhcode.domain.timecode import as_clock
from imhcode.domain.walks import Walking
from imhcode.ui.coding.guide_strip import Guidance


def guidance_for(
    observation: Observation,
    pass_: Pass,
    walking: Walking,
    target: Event | None,
    *,
    offered: Suggested | None,
    lacks: str,
    may_go_on: bool,
) -> Guidance:
    """Words for one target of a walk.

    Parameters
    ----------
    offered : Suggested or None
        What Enter would code.
    lacks : str
        What is still to be said of the answer just given.
    may_go_on : bool
        Whether Enter leaves the target.
    """
    scheme = observation.scheme
    if target is None:
        return _nothing_to_visit(scheme, pass_)
    n, left = len(walking.targets), len(walking.left)
    number = next((at for at, one in enumerate(walking.targets, 1) if one.id == target.id), 0)
    code = scheme.code(target.track, target.code)
    said = [described(scheme, one) for one in walking.answers(target.id)]
    return Guidance(
        title=described(scheme, target),
        code=code,
        place=_tr("{number} of {n} · {clock}").format(
            number=number, n=n, clock=as_clock(target.onset_us)
        ),
        answer=_answer(said, lacks),
        left=_tr("{left} left").format(left=left) if left else _tr("all {n} answered").format(n=n),
        offers=_offers(offered, lacks, may_go_on=may_go_on, is_answered=bool(said)),
    )


def described(scheme: Scheme, event: Event) -> str:
    """An event by its code and what was said of it: ``Voice bid · faint``."""
    code = scheme.code(event.track, event.code)
    known = {one.id: one for one in scheme.modifiers}
    parts = [code.label if code else event.code]
    if event.instance:
        parts.append(event.instance)
    for name, values in event.modifiers:
        words = (known[name].label_of(value) if name in known else value for value in values)
        parts.append(", ".join(words).lower())
    return " · ".join(parts)


def _answer(said: list[str], lacks: str) -> str:
    words = "; ".join(said)
    if lacks:
        return _tr("{answer} – {modifier}?").format(answer=words, modifier=lacks)
    return words


def _offers(
    offered: Suggested | None, lacks: str, *, may_go_on: bool, is_answered: bool
) -> list[tuple[str, str]]:
    offers = []
    if lacks:
        offers.append(("1…9", _tr("say it")))
    elif offered is not None:
        offers.append(("↵", offered.code.label))
    elif may_go_on:
        offers.append(("↵", _tr("on to the next")))
    offers.append(("⌫", _tr("once more")))
    offers.append(("Ctrl+↑ ↓", _tr("before, after")))
    if is_answered:
        offers.append(("⇧", _tr("with a code's key: another answer")))
    return offers


def _nothing_to_visit(scheme: Scheme, pass_: Pass) -> Guidance:
    over = scheme.track(pass_.walk.over_track) if pass_.walk else None
    label = over.label if over else ""
    return Guidance(
        title=_tr("Nothing to walk to yet"),
        place=_tr("This pass goes along “{track}”: code that first.").format(track=label),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Walk", text)
