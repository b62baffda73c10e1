"""Whether an incoming row fits a scheme: every word known, every answer one that is offered."""

from imhcode.domain.errors import Refused
from imhcode.domain.event import Event, Link, Values
from imhcode.domain.scheme import Code, Modifier, Scheme, Track
from imhcode.domain.text import clean_text
from imhcode.formats.finding import Finding
from imhcode.formats.incoming import IncomingEvent
from imhcode.formats.joined import split
from imhcode.schemes.nearest import hint

Answers = tuple[tuple[str, Values], ...]


class Unfit(Exception):  # noqa: N818  (not an error of anybody's: it ends the fitting of a row)
    """A row that cannot become an event; nothing has changed."""

    def __init__(self, rule: str, message: str) -> None:
        self.rule, self.message = rule, message
        super().__init__(message)


class Fitting:
    """Rows becoming events of one scheme.

    Attributes
    ----------
    warnings : list of Finding
        What was taken, but should be looked at.
    """

    def __init__(self, scheme: Scheme, unknown_modifiers: frozenset[str] = frozenset()) -> None:
        self._scheme = scheme
        self._ignored = unknown_modifiers
        self.warnings: list[Finding] = []

    def event(self, row: IncomingEvent, event_id: str) -> Event:
        """The event that a row means.

        Raises
        ------
        Unfit
            A word is not the scheme's, or the event is impossible.
        """
        track = self._scheme.track(row.track)
        if track is None:
            near = hint(row.track, (one.id for one in self._scheme.tracks))
            said = f"there is no track “{row.track}” in {self._scheme.id}{near}"
            raise Unfit("unknown-track", said)
        code = track.code(row.code)
        if code is None:
            near = hint(row.code, (one.id for one in track.codes))
            raise Unfit("unknown-code", f"{track.id} has no code “{row.code}”{near}")
        offset_us = row.offset_us
        if offset_us is None and track.kind not in ("state", "range"):
            offset_us = row.onset_us
        if row.pass_id and self._scheme.pass_(row.pass_id) is None:
            self._warn(row, "unknown-pass", f"{self._scheme.id} has no pass “{row.pass_id}”")
        try:
            return Event(
                id=event_id,
                track=track.id,
                code=code.id,
                onset_us=row.onset_us,
                offset_us=offset_us,
                onset_frame=row.onset_frame,
                offset_frame=row.offset_frame,
                recording=row.recording,
                modifiers=self._modifiers(row, track, code) if row.modifiers else (),
                links=tuple(self._link(track, code, link) for link in row.links),
                pass_id=row.pass_id,
                comment=clean_text(row.comment) if row.comment else "",
                instance=clean_text(row.instance),
                transcript=clean_text(row.transcript) if row.transcript else "",
                flagged=row.flagged,
                onset_reviewed=row.onset_reviewed,
                offset_reviewed=row.offset_reviewed,
            )
        except Refused as refusal:
            raise Unfit("impossible", refusal.text().rstrip(".")) from refusal

    def _modifiers(
        self, row: IncomingEvent, track: Track, code: Code
    ) -> tuple[tuple[str, Values], ...]:
        offered = {one.id: one for one in self._scheme.modifiers_for(track, code)}
        chosen = []
        for name, cells in row.modifiers:
            if name in self._ignored:
                continue
            modifier = offered.get(name)
            if modifier is None:
                near = hint(name, offered)
                raise Unfit("unknown-modifier", f"“{code.id}” takes no modifier “{name}”{near}")
            values = (
                _chosen(modifier, cells) if modifier.values else self._typed(row, modifier, cells)
            )
            if values:
                chosen.append((name, values))
        return tuple(sorted(chosen))

    def _typed(self, row: IncomingEvent, modifier: Modifier, cells: Values) -> Values:
        """Text or a number as somebody typed it, without what cannot be kept."""
        texts = (text if (clean := clean_text(text)) == text.strip() else clean for text in cells)
        values = tuple(text for text in texts if text.strip())
        longest = modifier.max_length
        if longest is not None and any(len(value) > longest for value in values):
            raise Unfit("too-long", f"{modifier.id} is longer than {longest} characters")
        if modifier.type == "number" and not all(map(_is_number, values)):
            self._warn(row, "not-a-number", f"{modifier.id} asks for a number")
        return values

    def _link(self, track: Track, code: Code, link: Link) -> Link:
        """The link with its rule known; without one, the only rule that it can be."""
        rules = {one.id: one for one in self._scheme.links}
        if link.rule in rules:
            return link
        if link.rule:
            said = f"{self._scheme.id} has no link “{link.rule}”{hint(link.rule, rules)}"
            raise Unfit("unknown-link", said)
        fitting = [
            one.id
            for one in rules.values()
            if one.from_track == track.id and code.id in (one.from_codes or (code.id,))
        ]
        if len(fitting) != 1:
            raise Unfit("unknown-link", f"which link to “{link.target}” is meant stands nowhere")
        return Link(fitting[0], link.target)

    def _warn(self, row: IncomingEvent, rule: str, message: str) -> None:
        self.warnings.append(Finding("warning", rule, row.line, message))


def _chosen(modifier: Modifier, cells: Values) -> Values:
    """The choices that stand in a cell, each one that is offered."""
    values = tuple(value.strip() for cell in cells for value in split(cell))
    known = {value.id for value in modifier.values}
    for value in values:
        if value not in known:
            said = f"“{value}” is not a choice of {modifier.id}{hint(value, known)}"
            raise Unfit("unknown-choice", said)
    if len(values) > 1 and modifier.type != "multi":
        raise Unfit("several-choices", f"{modifier.id} asks for one choice, not several")
    return values


def _is_number(text: str) -> bool:
    try:
        return abs(float(text)) < float("inf")
    except ValueError:
        return False
