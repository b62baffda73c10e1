"""What the timeline says in words: tooltips and hints."""

import html

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import Qt  # the part of the namespace that knows rich text

from imhcode.domain.event import Event
from imhcode.domain.scheme import Scheme, Track
from imhcode.domain.timecode import as_clock
from imhcode.ui.coding.code_brushes import letter_of

_MOST_KEYS = 8  #: a hint names so many keys one by one


def tr(text: str) -> str:
    """Translate a sentence of the timeline."""
    return QCoreApplication.translate("Timeline", text)


def hint_for(track: Track) -> str:
    """Which keys start an empty track, such as ``Press A, S or D to start``."""
    keys = [letter_of(code) for code in track.codes if code.key]
    if not keys:
        return tr("Nothing coded yet")
    if len(keys) == 1:
        return tr("Press {key} to start").format(key=keys[0])
    if len(keys) > _MOST_KEYS:
        keys = [*keys[: _MOST_KEYS - 1], "…"]
    *some, last = keys
    return tr("Press {keys} or {last} to start").format(keys=", ".join(some), last=last)


def sound_words(view: str) -> tuple[str, str]:
    """Name of the lane of sound, and what it shows."""
    shows = {"waveform": tr("waveform"), "spectrogram": tr("0–8 kHz")}
    return tr("Sound"), shows.get(view, "")


def description_of(sound: str) -> str:
    """The timeline for those who do not see it; ``sound`` says what the lane of sound shows."""
    lanes = tr("Lanes of coded events over time. The event table lists the same events.")
    return f"{lanes} {sound}".strip()


def tip_for(event: Event, scheme: Scheme) -> str:
    """Label, track, onset to offset, duration and frames of one event, line by line."""
    track, code = scheme.track(event.track), scheme.code(event.track, event.code)
    label = event.code if code is None else code.label
    key = f" ({letter_of(code)})" if code is not None and code.key else ""
    lines = [label + key]
    if track is not None:
        lines.append(f"{track.label} · {scheme.subject_label(track.subject)}")
    lines.append(_when(event))
    if event.onset_frame is not None:
        lines.append(_frames(event))
    if event.flagged:
        lines.append(tr("In doubt"))
    if event.comment:
        lines.append(event.comment)
    return _plain("\n".join(lines))


def _when(event: Event) -> str:
    onset = as_clock(event.onset_us)
    if event.offset_us is None:
        return tr("{onset} – still running").format(onset=onset)
    if event.is_instant:
        return onset
    milliseconds = (event.offset_us - event.onset_us) // 1000
    seconds = f"{milliseconds // 1000}.{milliseconds % 1000:03d}"
    return f"{onset} – {as_clock(event.offset_us)} · {seconds} s"


def _frames(event: Event) -> str:
    if event.offset_frame is None or event.is_instant:
        return tr("frame {frame}").format(frame=event.onset_frame)
    return tr("frames {first} – {last}").format(first=event.onset_frame, last=event.offset_frame)


def _plain(text: str) -> str:
    """Text that a tooltip shows as it is, even where it looks like HTML."""
    if not Qt.mightBeRichText(text):
        return text
    return "<p>" + html.escape(text).replace("\n", "<br>") + "</p>"
