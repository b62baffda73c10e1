"""Before anything comes in: what a file holds, what it would become, and what is doubtful."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from imhcode.domain.scheme import Scheme
from imhcode.services.import_plan import Choices, FileRead, Plan
from imhcode.services.import_report import Report
from imhcode.ui import theme
from imhcode.ui.bringing_in.doubts_list import DoubtsList
from imhcode.ui.bringing_in.mapping_table import MappingModel, MappingTable
from imhcode.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imhcode.services.file_words import Word

_NEW, _AS_SAID = "new", "as said"


class ConversationPage(QWidget):
    """Choices and doubts at the left, the words and what becomes of them at the right.

    Signals
    -------
    changed()
        Something was chosen otherwise: what would happen is to be worked out anew.
    columns_named(str)
        The columns of a table are others than was guessed: it is to be read anew.
    """

    changed = Signal()
    columns_named = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel()
        self.found = WrappedLabel()
        self.session = QLineEdit()
        self.coder = QLineEdit()
        self.columns = QLineEdit()
        self.scheme = QComboBox()
        self.snap = QCheckBox(self.tr("Move times onto frames"))
        self.films = QCheckBox()
        self.again = QCheckBox(self.tr("Although it came in before"))
        self.doubts = DoubtsList()
        self.model = MappingModel(self)
        self.words = MappingTable(self.model)
        self.counts = QLabel()
        self._corrected = False
        self._lay_out()
        for line in (self.session, self.coder):
            line.editingFinished.connect(self._said_otherwise)
        self.columns.editingFinished.connect(self._name_columns)
        self.scheme.activated.connect(lambda _: self._choose_scheme())
        for box in (self.snap, self.films, self.again):
            box.clicked.connect(lambda _: self.changed.emit())
        self.model.corrected.connect(self._correct)

    # -- asked and answered --------------------------------------------------------------------

    def show_file(
        self, file: FileRead, schemes: Sequence[Scheme], session: str, coder: str
    ) -> None:
        """Begin with a file that has been read."""
        reading = file.reading
        foreign = reading.vocabulary is not None
        words = self.tr("{name} · {format}")
        self.title.setText(words.format(name=file.path.name, format=file.format.label))
        silent = any(not one.session.id for one in reading.events)
        self.session.setText(session if silent else "")
        self.session.setEnabled(silent)
        nameless = any(not one.coder_id for one in reading.events)
        self.coder.setText(coder if nameless else "")
        self.coder.setEnabled(nameless)
        for line in (self.session, self.coder):
            line.setPlaceholderText("" if line.isEnabled() else self.tr("as the file says"))
        self.columns.setText(reading.columns)
        self.columns.setCursorPosition(0)
        self._form.setRowVisible(self.columns, bool(reading.columns))
        self.scheme.clear()
        if not foreign:
            self.scheme.addItem(self.tr("as the file says"), _AS_SAID)
        self.scheme.addItem(self.tr("a new one, made of these words"), _NEW)
        for one in schemes:
            name = f"{one.id}@{one.version}"
            self.scheme.addItem(f"{one.title} {one.version}", name)
        self._corrected = False
        self._undecided = foreign
        self.again.setChecked(False)
        self.again.hide()
        self.snap.setChecked(False)
        self.films.setChecked(True)
        self.counts.clear()

    @property
    def choices(self) -> Choices:
        """What the person says now."""
        chosen = "" if self._undecided else str(self.scheme.currentData())
        mapping: Mapping[Word, Word | None] | None = None
        if self._corrected:
            mapping = dict(self.model.codes)
        return Choices(
            session=self.session.text().strip(),
            coder=self.coder.text().strip(),
            scheme=chosen if chosen not in (_NEW, _AS_SAID) else "",
            new_scheme=chosen == _NEW,
            mapping=mapping,
            snap=self.snap.isChecked(),
            films=self.films.isChecked(),
            again=self.again.isChecked(),
        )

    def show_plan(self, plan: Plan, report: Report) -> None:
        """Show what would happen."""
        self.found.say("\n".join(self._contents(plan, report)))
        if not self._corrected:
            self.model.show_rows(plan.rows, plan.scheme)
            if any(one.to and one.sureness == "alike" and one.events for one in plan.rows):
                self._correct()  # what stands in the table is what is done
        self.words.setVisible(bool(plan.rows))
        self._words_title.setVisible(bool(plan.rows))
        self._hint.setVisible(bool(plan.rows))
        if self._undecided:
            name = "" if plan.scheme is None else f"{plan.scheme.id}@{plan.scheme.version}"
            wanted = _NEW if plan.proposed is not None else name
            self.scheme.setCurrentIndex(max(self.scheme.findData(wanted), 0))
            self._undecided = False
        there = [one for one in plan.films if one.found]
        words = self.tr("Take the recordings along: {found} of {named} found")
        self.films.setText(words.format(found=len(there), named=len(plan.films)))
        self.films.setEnabled(bool(there))
        self.films.setVisible(bool(plan.films))
        before = any(one.rule == "imported-before" for one in report.findings)
        self.again.setVisible(before or self.again.isChecked())
        self.doubts.show_findings(report.findings)
        words = self.tr("{found} found: {imported} come in, {notes} as notes, {refused} refused")
        self.counts.setText(
            words.format(
                found=report.found,
                imported=report.imported,
                notes=report.kept_as_notes,
                refused=report.refused,
            )
        )

    # -- inside --------------------------------------------------------------------------------

    def _contents(self, plan: Plan, report: Report) -> list[str]:
        """What was found, a line for each sort."""
        contents = plan.contents
        listed = (
            (self.tr("Sessions"), contents.sessions),
            (self.tr("Coders"), contents.coders),
            (self.tr("Subjects"), contents.subjects),
            (self.tr("Modifiers"), contents.modifiers),
            (self.tr("Recordings"), tuple(one.path for one in plan.films)),
        )
        lines = [f"{what}: {_short(names)}" for what, names in listed if names]
        n_tracks = len({one.track for one in contents.codes})
        words = self.tr("{events} events, {codes} codes on {tracks} tracks")
        counted = words.format(events=report.found, codes=len(contents.codes), tracks=n_tracks)
        return [counted, *lines]

    def _said_otherwise(self) -> None:
        if self.sender() in (self.session, self.coder):
            line = self.sender()
            if isinstance(line, QLineEdit) and line.isModified():
                line.setModified(False)
                self.changed.emit()

    def _name_columns(self) -> None:
        if self.columns.isModified():
            self.columns.setModified(False)
            self.columns_named.emit(self.columns.text().strip())

    def _choose_scheme(self) -> None:
        self._corrected = False
        self.changed.emit()

    def _correct(self) -> None:
        self._corrected = True
        self.changed.emit()

    def _lay_out(self) -> None:
        unit = theme.UNIT_PX
        self.title.setFont(theme.title(self.font()))
        for line, name in (
            (self.session, self.tr("Session")),
            (self.coder, self.tr("Coder")),
            (self.scheme, self.tr("Coding scheme")),
            (self.columns, self.tr("Columns")),
        ):
            line.setAccessibleName(name)
        self.scheme.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.columns.setToolTip(
            self.tr("What each column of the table is: correct it, and the table is read again.")
        )
        form = self._form = QFormLayout()
        form.setSpacing(unit)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("Session"), self.session)
        form.addRow(self.tr("Coder"), self.coder)
        form.addRow(self.tr("Coding scheme"), self.scheme)
        form.addRow(self.tr("Columns"), self.columns)
        for box in (self.snap, self.films, self.again):
            form.addRow("", box)
        left = QVBoxLayout()
        left.setSpacing(unit)
        left.addLayout(form)
        left.addSpacing(unit)
        left.addWidget(_heading(self.tr("To look at")))
        left.addWidget(self.doubts, 1)
        self._words_title = _heading(self.tr("What becomes of the words"))
        self._hint = WrappedLabel(
            self.tr("Return opens the choices of a row. What becomes a note stays in the report.")
        )
        self._hint.setProperty("dim", True)
        right = QVBoxLayout()
        right.setSpacing(unit)
        right.addWidget(_heading(self.tr("What was found")))
        right.addWidget(self.found)
        right.addSpacing(unit)
        right.addWidget(self._words_title)
        right.addWidget(self._hint)
        right.addWidget(self.words, 1)
        right.addStretch(0)
        columns = QHBoxLayout()
        columns.setSpacing(unit * 3)
        columns.addLayout(left, 2)
        columns.addLayout(right, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(unit * 2)
        column.addWidget(self.title)
        column.addLayout(columns, 1)
        column.addWidget(self.counts)
        self._undecided = False


def _short(names: Sequence[str], most: int = 8) -> str:
    listed = ", ".join(names[:most])
    return f"{listed} … ({len(names)})" if len(names) > most else listed


def _heading(words: str) -> QLabel:
    label = QLabel(words)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label
