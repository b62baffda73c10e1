"""Where the report of a session is to lie, and on which paper."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from imhcode.reports.pdf import Paper


def ask_place(parent: QWidget, beside: Path, session_id: str) -> "tuple[Path, Paper] | None":
    """Ask for a file; ``None`` if nobody wants one any more.

    Parameters
    ----------
    beside : Path
        The study; the report is offered a place beside it.
    """
    choices = kinds()
    plain = "".join(one if one.isalnum() or one in "-_." else "_" for one in session_id)
    name, chosen = QFileDialog.getSaveFileName(
        parent,
        _tr("Write the report of {session}").format(session=session_id),
        str(beside.with_name(f"{plain}.pdf")),
        ";;".join(choices),
    )
    if not name:
        return None
    ending, paper = choices.get(chosen, (".pdf", "A4"))
    path = Path(name)
    return (path if path.suffix else path.with_name(path.name + ending)), paper


def kinds() -> "dict[str, tuple[str, Paper]]":
    """What a report may be, as dialogs say it; first on the paper of this place."""
    sheets: dict[str, tuple[str, Paper]] = {
        _tr("PDF, A4 (*.pdf)"): (".pdf", "A4"),
        _tr("PDF, US Letter (*.pdf)"): (".pdf", "Letter"),
    }
    if QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem:
        sheets = dict(reversed(sheets.items()))
    return {**sheets, _tr("For a browser (*.html)"): (".html", "A4")}


def written_words(path: Path) -> str:
    """That it is there."""
    return _tr("The report was written to {path}.").format(path=path)


def _tr(text: str) -> str:
    return QCoreApplication.translate("measures", text)
