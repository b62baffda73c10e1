"""The few words of visit notes that are not the scheme's, in each language we have them in."""

from collections.abc import Mapping
from datetime import date

FAMILY_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "mark": "For the family",
        "title": "What we saw together",
        "child_says": "In your child's words",
        "wonder": "To wonder about",
        "your_words": "What you said",
        "goals": "What you are working towards",
        "still": "A still picture from your video: {title}",
        "untitled": "A moment of yours",
        "yours": (
            "This page is yours. The pictures show people who can be recognised: "
            "think about who sees it."
        ),
    },
    "de": {
        "mark": "Für die Familie",
        "title": "Was wir zusammen gesehen haben",
        "child_says": "In den Worten Ihres Kindes",
        "wonder": "Zum gemeinsamen Nachdenken",
        "your_words": "Was Sie gesagt haben",
        "goals": "Woran Sie arbeiten",
        "still": "Ein Standbild aus Ihrem Film: {title}",
        "untitled": "Ein Augenblick mit Ihnen",
        "yours": (
            "Diese Seite gehört Ihnen. Auf den Bildern sind Menschen zu erkennen: "
            "Überlegen Sie, wer sie sieht."
        ),
    },
}
FILE_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "mark": "Confidential: for the file",
        "title": "Visit note",
        "across": "Visits across time",
        "not_for": "Not for the family, not for anybody outside the team.",
        "dyad": "Dyad",
        "visit": "Visit",
        "date": "Date",
        "led_by": "Led by",
        "recordings": "Recordings",
        "moments": "Moments",
        "others": "Other moments of these recordings",
        "kind": "Kind",
        "when": "When",
        "status": "Status",
        "moment": "Moment",
        "who": "Who is in the picture",
        "goal": "Goal",
        "child_says": "In the child's words",
        "question": "Question",
        "comment": "Comment",
        "private_note": "Private note",
        "private_notes": "Private notes on the recordings",
        "log": "What happened while watching",
        "no_log": "Nothing was noted.",
        "clock": "Clock",
        "what": "What",
        "words": "Words",
        "stance": "As",
        "on_screen": "On the screen",
        "goals": "Goals and what was tried",
        "no_goals": "No goal is written down.",
        "tried": "Tried",
        "since": "since {date}",
        "how_it_went": "How it went",
        "still": "Frame {frame}, {title}",
        "no_still": "Without a still: {why}",
        "sessions": "Recordings",
        "n_moments": "Moments",
        "session": "Session",
        "visits": "Visits",
        "noted": "Noted",
        "parents_words": "The parent's words over time",
        "counts": (
            "Counts only. They depend on how long was watched and who noted it; "
            "more is not better, and nothing here grades a parent or a child."
        ),
    },
    "de": {
        "mark": "Vertraulich: für die Akte",
        "title": "Notiz zum Termin",
        "across": "Termine im Verlauf",
        "not_for": "Nicht für die Familie und für niemanden außerhalb des Teams.",
        "dyad": "Dyade",
        "visit": "Termin",
        "date": "Datum",
        "led_by": "Geleitet von",
        "recordings": "Aufnahmen",
        "moments": "Augenblicke",
        "others": "Andere Augenblicke dieser Aufnahmen",
        "kind": "Art",
        "when": "Wann",
        "status": "Stand",
        "moment": "Augenblick",
        "who": "Wer ist im Bild",
        "goal": "Ziel",
        "child_says": "In den Worten des Kindes",
        "question": "Frage",
        "comment": "Kommentar",
        "private_note": "Eigene Notiz",
        "private_notes": "Eigene Notizen zu den Aufnahmen",
        "log": "Was beim Ansehen geschah",
        "no_log": "Nichts wurde festgehalten.",
        "clock": "Uhr",
        "what": "Was",
        "words": "Worte",
        "stance": "Als",
        "on_screen": "Auf dem Bildschirm",
        "goals": "Ziele und was versucht wurde",
        "no_goals": "Kein Ziel ist festgehalten.",
        "tried": "Versucht",
        "since": "seit {date}",
        "how_it_went": "Wie es ging",
        "still": "Bild {frame}, {title}",
        "no_still": "Ohne Standbild: {why}",
        "sessions": "Aufnahmen",
        "n_moments": "Augenblicke",
        "session": "Sitzung",
        "visits": "Termine",
        "noted": "Festgehalten",
        "parents_words": "Die Worte des Elternteils im Verlauf",
        "counts": (
            "Nur Anzahlen. Sie hängen davon ab, wie lange angesehen und von wem festgehalten "
            "wurde; mehr ist nicht besser, und nichts hier bewertet Eltern oder Kind."
        ),
    },
}
_MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December"),
    ),
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August"),
        *("September", "Oktober", "November", "Dezember"),
    ),
}


def known_language(language: str) -> str:
    """The language that a note is written in: the one asked for if we have it, else English.

    >>> known_language("de-AT"), known_language("fr")
    ('de', 'en')
    """
    short = language.partition("-")[0]
    return short if short in FAMILY_WORDS else "en"


def day_in_words(iso: str, language: str) -> str:
    """A day as people write it; empty stays empty.

    >>> day_in_words("2026-05-31", "en"), day_in_words("2026-05-31", "de")
    ('31 May 2026', '31. Mai 2026')
    """
    if not iso:
        return ""
    day = date.fromisoformat(iso)
    known = known_language(language)
    dot = "." if known == "de" else ""
    return f"{day.day}{dot} {_MONTHS[known][day.month - 1]} {day.year}"
