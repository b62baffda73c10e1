"""The regions that are hidden, the boxes that say where they lie, and what each of them is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from imhcode.media.clips.regions import HIDINGS, SHAPES, Region
from imhcode.ui import theme
from imhcode.ui.clips.masks import MaskDraft
from imhcode.ui.widgets.choices import combo
from imhcode.ui.widgets.wrapped_label import WrappedLabel

_ROLE = Qt.ItemDataRole.UserRole


class RegionPanel(QWidget):
    """The right side of the window.

    Signals
    -------
    region_chosen(str, int)
        Recording and number of a region.
    frame_chosen(int)
        The frame of one of its boxes.
    altered(str, str)
        A field of the region that is to be something else.
    """

    region_chosen = Signal(str, int)
    frame_chosen = Signal(int)
    altered = Signal(str, str)

    def __init__(self, warning: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.regions, self.boxes = QListWidget(), QListWidget()
        self.regions.setAccessibleName(self.tr("Hidden regions"))
        self.boxes.setAccessibleName(self.tr("Boxes of the region"))
        self.hiding, self.shape = combo(self.tr("Hidden by")), combo(self.tr("Shape"))
        self.person = combo(self.tr("Whom it hides"))
        for word in HIDINGS:
            self.hiding.addItem(self._hiding_words(word), word)
        for shape in SHAPES:
            self.shape.addItem(self._shape_words(shape), shape)
        form = QFormLayout()
        form.setSpacing(theme.UNIT_PX)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("Hidden by"), self.hiding)
        form.addRow(self.tr("Shape"), self.shape)
        form.addRow(self.tr("Whom it hides"), self.person)
        self.warning = WrappedLabel(warning)
        self.warning.setFont(theme.small(self.font()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT_PX)
        column.addWidget(QLabel(self.tr("Hidden regions")))
        column.addWidget(self.regions, 2)
        column.addLayout(form)
        column.addWidget(QLabel(self.tr("Boxes of the region")))
        column.addWidget(self.boxes, 3)
        column.addWidget(self.warning)
        self.regions.currentItemChanged.connect(self._choose_region)
        self.boxes.currentItemChanged.connect(self._choose_box)
        for box, field in (
            (self.hiding, "hiding"),
            (self.shape, "shape"),
            (self.person, "person"),
        ):
            box.activated.connect(
                lambda _, box=box, field=field: self.altered.emit(field, box.currentData())
            )

    def open(self, people: list[tuple[str, str]]) -> None:
        """Offer the people of the family: id and label."""
        self.person.clear()
        self.person.addItem(self.tr("nobody in particular"), "")
        for person_id, label in people:
            self.person.addItem(label, person_id)

    def show_masks(self, draft: MaskDraft, names: dict[str, str], frame: int | None) -> None:
        """List regions and boxes as they are now; ``frame`` of the chosen camera is shown."""
        for listed in (self.regions, self.boxes):
            listed.blockSignals(True)
            listed.clear()
        several = len(names) > 1
        for recording, name in names.items():
            for number, region in enumerate(draft.masks.get(recording, ())):
                words = self._words_of(number, region)
                item = QListWidgetItem(f"{words} · {name}" if several else words)
                item.setData(_ROLE, (recording, number))
                self.regions.addItem(item)
                if draft.chosen == (recording, number):
                    self.regions.setCurrentItem(item)
        chosen = draft.region
        for field in (self.hiding, self.shape, self.person, self.boxes):
            field.setEnabled(chosen is not None)
        if chosen is not None:
            self.hiding.setCurrentIndex(self.hiding.findData(chosen.hiding))
            self.shape.setCurrentIndex(self.shape.findData(chosen.shape))
            self.person.setCurrentIndex(
                max(self.person.findData(chosen.person), self.person.findText(chosen.person), 0)
            )
            for one in chosen.key_boxes:
                box = one.box
                words = self.tr("frame {frame}: {width} × {height} at {x}, {y}").format(
                    frame=one.frame,
                    width=round(box.width),
                    height=round(box.height),
                    x=round(box.x),
                    y=round(box.y),
                )
                item = QListWidgetItem(words)
                item.setData(_ROLE, one.frame)
                self.boxes.addItem(item)
                if one.frame == frame:
                    self.boxes.setCurrentItem(item)
        for listed in (self.regions, self.boxes):
            listed.blockSignals(False)

    def _words_of(self, number: int, region: Region) -> str:
        whom = self.person.itemText(max(self.person.findData(region.person), 0))
        words = f"{number + 1}  {self._shape_words(region.shape)}, "
        words += self._hiding_words(region.hiding)
        return f"{words}, {whom}" if region.person else words

    def _choose_region(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.region_chosen.emit(*item.data(_ROLE))

    def _choose_box(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.frame_chosen.emit(item.data(_ROLE))

    def _hiding_words(self, word: str) -> str:
        return {
            "black": self.tr("black"),
            "pixelate": self.tr("pixelated"),
            "blur": self.tr("blurred"),
        }[word]

    def _shape_words(self, word: str) -> str:
        return {"rectangle": self.tr("rectangle"), "ellipse": self.tr("ellipse")}[word]
