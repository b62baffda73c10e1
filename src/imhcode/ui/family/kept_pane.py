"""Until when a session and its recordings are kept, and what is over or ends soon."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from imhcode.domain.consent import USE_WORDS
from imhcode.ui import theme
from imhcode.ui.family.asking_card import Field
from imhcode.ui.family.host import Host
from imhcode.ui.family.rows import Row, Rows
from imhcode.ui.family.words import use_words
from imhcode.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from imhcode.ui.family.record import FamilyRecord

_SESSION = "session"  #: the row of the session itself; the others have the ids of recordings


class KeptPane(QWidget):
    """One last day for the session, one for each recording; Enter writes it down.

    Signals
    -------
    changed()
        A last day is another one.
    """

    changed = Signal()

    def __init__(self, host: Host, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self._record: FamilyRecord | None = None
        unit = theme.UNIT_PX
        words = WrappedLabel(self.tr("How long it is kept. Enter writes the last day down."))
        words.setContentsMargins(unit * 2, unit, unit, unit)
        self.list = Rows(
            self.tr("How long it is kept"), [self.tr("what"), self.tr("kept until")], wide=(0,)
        )
        self.due = WrappedLabel()
        self.due.setContentsMargins(unit * 2, unit, unit, unit)
        self.due.setAccessibleName(self.tr("What is over, or ends soon"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(words)
        column.addWidget(self.list, 1)
        column.addWidget(self.due)
        self.list.asked.connect(self._ask)

    def show_record(self, record: "FamilyRecord") -> None:
        """Show how long what is kept."""
        self._record = record
        session = self.tr("session {session}").format(session=record.session_id)
        rows = [Row(_SESSION, (session, record.kept_session.keep_until or "–"))]
        for one in record.recordings:
            until = record.kept_recordings[one.id].keep_until
            rows.append(Row(one.id, (record.name_of(one), until or "–")))
        self.list.show_rows(rows)
        self.due.say("\n".join(_due_words(record)))
        self.due.setVisible(bool(self.due.text()))

    def _ask(self, entry_id: str) -> None:
        record = self._record
        if record is None:
            return
        whole = entry_id == _SESSION
        kept = record.kept_session if whole else record.kept_recordings[entry_id]
        what = next(one.cells[0] for one in self.list.rows.rows if one.id == entry_id)

        def take(said: Mapping[str, str]) -> None:
            kept.keep(said["until"], said["note"])
            self.show_record(record)
            self.changed.emit()

        self._host.card.ask(
            self.tr("Until when is it kept: {what}?").format(what=what),
            [
                Field("until", self.tr("Last day"), kept.keep_until, self.tr("nobody has said")),
                Field(
                    "note",
                    self.tr("Note"),
                    kept.values[0].note if kept.values else "",
                    self.tr("why, or who asked for it"),
                ),
            ],
            take,
            note=self.tr("Nothing is destroyed by itself."),
        )


def _due_words(record: "FamilyRecord") -> Iterator[str]:
    uses = {words: use_words()[use] for use, words in USE_WORDS.items()}
    names = {one.id: record.name_of(one) for one in record.recordings}
    for one in record.due():
        template = {
            "session": _tr("Session {name} is kept until {on}."),
            "recording": _tr("The recording {name} is kept until {on}."),
            "consent": _tr("What {label} agreed to ends on {on}: {use}."),
        }[one.what]
        fields = dict(one.fields)
        fields["name"] = names.get(one.entry_id, one.entry_id)
        if one.what == "consent":
            fields["use"] = uses.get(fields["use"], fields["use"])
        yield template.format(**fields)


def _tr(text: str) -> str:
    return QCoreApplication.translate("KeptPane", text)
