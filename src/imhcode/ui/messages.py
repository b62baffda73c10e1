"""How the window says what went wrong: the error's own sentence, translated, filled in."""

from PySide6.QtCore import QCoreApplication

from imhcode.domain.errors import ImhcodeError


def said(error: ImhcodeError) -> str:
    """Sentence and next step in the person's language."""
    parts = (error.sentence, error.next_step)
    translated = (QCoreApplication.translate("errors", part) for part in parts if part)
    return " ".join(part.format(**error.fields) for part in translated)
