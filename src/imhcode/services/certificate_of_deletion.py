"""The text that says that a recording was destroyed: what went, what stayed, what is not known."""

from collections.abc import Iterable, Sequence

from imhcode.domain.clip_record import ClipRecord
from imhcode.domain.consent import USE_WORDS
from imhcode.domain.study import Recording

_CANNOT_KNOW = (
    "Copies made outside this program (backups, the camera's card, mail) are unknown to it. The "
    "files were removed, not overwritten: what a disk gives up can sometimes be read for a while."
)
_LOG_REMAINS = (
    "The coding of the session was taken out of the study's tables. The study's log, which is only "
    "ever added to, still says what it was."
)


def certificate(
    study_id: str,
    recording: Recording,
    at_utc: str,
    by: str,
    *,
    originals: Sequence[str],
    derived: int,
    left: Iterable[str],
    clips: Iterable[ClipRecord],
    kept_coding: bool,
) -> str:
    """The certificate as plain text.

    Parameters
    ----------
    originals : sequence of str
        Names of the recording's own files; empty if they were gone before.
    derived : int
        How many files that were worked out from it went too.
    left, clips
        What was not touched.
    """
    lines = [
        f"The recording {recording.id} of session {recording.session_id} was destroyed.",
        "",
        f"Study: {study_id}",
        f"When: {at_utc}",
        f"By: {by}",
        f"SHA-256 of what it held: {recording.sha256 or 'not known'}",
        "",
        "Destroyed:",
    ]
    if originals:
        lines += [f"- {name}" for name in originals]
    else:
        lines.append("- the recording's file was not there any more when this was done")
    if derived:
        lines.append(f"- what was worked out from it and kept beside the study ({derived} files)")
    lines += ["", "Not touched:"]
    kept = "the coding of the session, with its times"
    lines += [f"- {kept}"] if kept_coding else []
    lines += [f"- {one}" for one in left]
    lines += [f"- the clip {_named(one)}" for one in clips]
    if lines[-1] == "Not touched:":
        lines.append("- nothing that this study knows of")
    lines += ["", _CANNOT_KNOW]
    if not kept_coding:
        lines += ["", _LOG_REMAINS]
    return "\n".join(lines) + "\n"


def _named(clip: ClipRecord) -> str:
    return f"{clip.file_name}, made on {clip.made_on or 'an unknown day'} for {USE_WORDS[clip.use]}"
