"""What findings are called in the window: translated, with the labels of the scheme."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from imhcode.domain.checks.finding import Finding, Severity
from imhcode.domain.scheme import Scheme

MARKS: Mapping[Severity, str] = {"error": "●", "warning": "▲", "info": "○"}  #: not by colour alone

_HEADINGS = {
    "gap": "Nothing coded between events",
    "overlap": "Two codes at once",
    "too-short": "Shorter than the scheme allows",
    "reopened": "Begins again at once",
    "twice": "Coded twice",
    "still-running": "Not ended",
    "outside-coded-range": "Outside the coded range",
    "in-uncodable-time": "While nobody could be seen",
    "outside-episode": "Outside its episode",
    "outside-age": "Not meant for this age",
    "modifier-missing": "A question without an answer",
    "unknown-code": "A code the scheme does not have",
    "unknown-modifier": "A question the scheme does not ask",
    "unknown-choice": "An answer the scheme does not offer",
    "broken-link": "A broken link",
    "link-missing": "A link is missing",
    "link-not-allowed": "A link the scheme does not know",
    "link-outside-window": "Too early or too late to be an answer",
    "too-many-links": "One answer too many",
    "not-reviewed": "Boundaries not yet reviewed",
    "episode-missing": "Episodes not marked",
    "episode-too-short": "Episodes too short",
    "end-reason-missing": "Episodes that ended without a reason",
    "rating-missing": "Not rated",
    "value-missing": "Neither score nor reason",
    "evidence-missing": "Ratings without enough evidence",
    "confidence-missing": "Ratings without a confidence",
    "broken-evidence": "Evidence that is gone",
}
_CODES_OF_TRACK = frozenset({"code", "first", "second"})
_CODES_ELSEWHERE = frozenset({"target", "unseen"})


def heading_of(finding: Finding) -> str:
    """What findings of its rule have in common; for a check of the scheme, its author's words."""
    said = finding.fields.get("said")
    if said is not None:
        return said
    heading = _HEADINGS.get(finding.rule)
    return QCoreApplication.translate("findings", heading) if heading else _whole(finding, {})


def sentence_of(finding: Finding, scheme: Scheme, *, heading: bool = True) -> str:
    """The finding in one sentence; without the heading it repeats, where there is one above."""
    fields = dict(finding.fields)
    for name in _CODES_OF_TRACK & fields.keys():
        fields[name] = _label(scheme, fields[name], finding.track)
    for name in _CODES_ELSEWHERE & fields.keys():
        fields[name] = _label(scheme, fields[name], "")
    if "said" in fields and not heading and not finding.sentence.startswith("{said}"):
        sentence = _translated(finding.sentence).removesuffix(": {said}")
        return sentence.format(**fields)
    return _whole(finding, fields)


def _whole(finding: Finding, fields: Mapping[str, str]) -> str:
    return _translated(finding.sentence).format(**{**finding.fields, **fields})


def _translated(sentence: str) -> str:
    """A finding's sentence; one of an error has a full stop in the catalogue, and none here."""
    known = QCoreApplication.translate("findings", sentence)
    if known == sentence:
        known = QCoreApplication.translate("errors", f"{sentence}.").removesuffix(".")
    return known


def _label(scheme: Scheme, code_id: str, track_id: str) -> str:
    tracks = [track for track in (scheme.track(track_id), *scheme.tracks) if track]
    codes = (track.code(code_id) for track in tracks)
    return next((code.label for code in codes if code), code_id)
