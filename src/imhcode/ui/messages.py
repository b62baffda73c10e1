"""How the window says what went wrong: the error's own sentence, translated, filled in."""

from PySide6.QtCore import QCoreApplication

from imhcode.domain.errors import ImhcodeError


def said(error: ImhcodeError) -> str:
    """Sentence and next step in the person's language, and why, where that is one of ours."""
    parts = (error.sentence, error.next_step)
    translated = (QCoreApplication.translate("errors", part) for part in parts if part)
    fields = dict(error.fields)
    if isinstance(fields.get("why"), str):
        fields["why"] = QCoreApplication.translate("errors", str(fields["why"]))
    return " ".join(part.format(**fields) for part in translated)
