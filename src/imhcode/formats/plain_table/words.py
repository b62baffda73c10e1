"""Names that people give to the columns of their tables, in the languages of labs."""

import re
from collections.abc import Mapping

_PART = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
_NAMELESS = re.compile(r"column \d+")  # as we call them
_CAMEL = re.compile(r"(?<=[a-zäöüß])(?=[A-Z])")

#: what each word says of a column; the sooner it stands, the surer
ROLE_WORDS: Mapping[str, tuple[str, ...]] = {
    role: tuple(words.split())
    for role, words in {
        "onset": "onset start begin beginning from anfang beginn début debut inicio inizio tin in "
        "tmin xmin time zeit timestamp temps tiempo",
        "offset": "offset stop end to until ende fin fine tout out tmax xmax finish bis",
        "duration": "duration dauer durée length dur duración durata",
        "code": "code behavior behaviour verhalten annotation label event ereignis comportement "
        "comportamiento action category kategorie state value type",
        "track": "track tier spur column dimension channel variable group class",
        "subject": "subject actor who person speaker wer sujet sujeto role participant individual",
        "session": "session observation file filename video film media sitzung datei recording "
        "dyad id participant",
        "coder": "coder rater observer annotator kodierer codierer codeur beobachter",
        "comment": "comment comments note notes remark remarks kommentar notiz bemerkung "
        "commentaire comentario",
        "transcript": "transcript utterance speech transkript words äußerung",
    }.items()
}
MODIFIER_WORDS = ("modifier", "modifiers", "mod", "modifikator")
UNIT_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("ms", "msec", "msecs", "millis", "millisecond", "milliseconds"), "ms"),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "ss.msec", "sekunden"), "s"),
    **dict.fromkeys(("min", "mins", "minutes", "minuten"), "min"),
    **dict.fromkeys(("frame", "frames", "frm", "bild", "bilder"), "frames"),
    **dict.fromkeys(("us", "µs", "microseconds"), "us"),
    **dict.fromkeys(("hh", "mm", "ss", "hh:mm:ss", "clock", "tc", "timecode"), "clock"),
}


def parts_of(name: str) -> list[str]:
    """The words of a column's name, small.

    >>> parts_of("Begin Time - ss.msec"), parts_of("onset_ms"), parts_of("StartTime")
    (['begin', 'time', 'ss.msec'], ['onset', 'ms'], ['start', 'time'])
    """
    return [one.casefold() for one in _PART.findall(_CAMEL.sub(" ", name))]


def unit_in(name: str) -> str:
    """The unit that a name says; empty if it says none."""
    return next((UNIT_WORDS[one] for one in reversed(parts_of(name)) if one in UNIT_WORDS), "")


def says(name: str, role: str) -> int:
    """How well a name fits a role: 0 not at all, else the more the better.

    A name of one word beside its unit says more than one among others.
    """
    if _NAMELESS.fullmatch(name):
        return 0
    parts = [one for one in parts_of(name) if one not in UNIT_WORDS]
    words = ROLE_WORDS[role]
    best = 0
    for part in parts:
        if part in words:
            alone = len(parts) == 1 or (len(parts) == 2 and {"time", "id", "name"} & {*parts})
            best = max(best, (200 if alone else 100) - words.index(part))
    return best
