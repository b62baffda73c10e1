"""What a check has found in one observation: where to look, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from imhcode.domain.event import Event
from imhcode.domain.timecode import as_clock

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")  #: gravest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One doubt.

    Attributes
    ----------
    severity : str
        ``error``: numbers made from this may be wrong; ``warning``: perhaps unfinished;
        ``info``: worth a look.
    rule : str
        Short name of a built-in rule, with hyphens, or the id of the scheme's check.
    sentence : str
        A template of one sentence without full stop, to be translated before it is filled in.
    fields : Mapping of str to str
        What fills it.
    track : str
        The track it is about; empty if it is about none.
    event_ids : tuple of str
        The events to look at, the main one first.
    from_us, until_us : int or None
        The stretch to play, half-open on the session clock; both ``None`` if there is none.
    """

    severity: Severity
    rule: str
    sentence: str
    fields: Mapping[str, str] = field(default_factory=dict)
    track: str = ""
    event_ids: tuple[str, ...] = ()
    from_us: int | None = None
    until_us: int | None = None

    @property
    def message(self) -> str:
        """The sentence, filled in."""
        return self.sentence.format(**self.fields)

    @classmethod
    def about(
        cls, event: Event, severity: Severity, rule: str, sentence: str, **fields: str
    ) -> "Finding":
        """A finding about one event; ``code`` and ``at`` are filled in from it."""
        return cls(
            severity=severity,
            rule=rule,
            sentence=sentence,
            fields={"code": event.code, "at": as_clock(event.onset_us), **fields},
            track=event.track,
            event_ids=(event.id,),
            from_us=event.onset_us,
            until_us=event.onset_us if event.offset_us is None else event.offset_us,
        )

    def with_other(self, other: Event) -> "Finding":
        """The same finding about a second event too; the stretch reaches over both."""
        end_us = other.onset_us if other.offset_us is None else other.offset_us
        return replace(
            self,
            event_ids=(*self.event_ids, other.id),
            from_us=min(one for one in (self.from_us, other.onset_us) if one is not None),
            until_us=max(one for one in (self.until_us, end_us) if one is not None),
        )
