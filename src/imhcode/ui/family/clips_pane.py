"""Every clip that was ever made with somebody, and whether it is said to be gone."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from imhcode.domain.family import Person
from imhcode.services.clip_register import ClipRegister
from imhcode.services.consent import ClipWith, clips_with
from imhcode.ui import theme
from imhcode.ui.family.asking_card import Field
from imhcode.ui.family.host import Host
from imhcode.ui.family.rows import Row, Rows
from imhcode.ui.family.words import clock_words, how_words, use_words

if TYPE_CHECKING:
    from imhcode.ui.family.record import FamilyRecord


class ClipsPane(QWidget):
    """The register of clips, as far as it is about one person; Enter says that one is gone."""

    def __init__(self, host: Host, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self._record: FamilyRecord | None = None
        self._person: Person | None = None
        self.found: list[ClipWith] = []
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setContentsMargins(theme.UNIT_PX * 2, *[theme.UNIT_PX] * 3)
        self.list = Rows(
            self.tr("Clips with this person"),
            [
                self.tr("clip"),
                self.tr("how"),
                self.tr("stretch"),
                self.tr("use"),
                self.tr("made"),
                self.tr("gone"),
            ],
            wide=(0,),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.words)
        column.addWidget(self.list, 1)
        self.list.asked.connect(self._ask_gone)

    @property
    def n_left(self) -> int:
        """How many of the clips are not said to be gone."""
        return sum(not one.clip.gone_on for one in self.found)

    def show_person(self, record: "FamilyRecord | None", person: Person | None) -> None:
        """Show the clips of somebody, or of nobody."""
        self._record, self._person = record, person
        found = clips_with(record.study.file, person.id) if record and person else []
        self.found = sorted(found, key=lambda one: (one.clip.made_on, one.clip.file_name))
        self.list.show_rows([_row(one) for one in self.found])
        words = self.tr("No clip was made with {person}.")
        if self.found:
            words = self.tr("Clips with {person}. Enter says that one is gone.")
        self.words.setText(words.format(person=person.label) if person is not None else "")

    def _ask_gone(self, clip_id: str) -> None:
        record = self._record
        if record is None:
            return
        clip = next(one.clip for one in self.found if one.clip.id == clip_id)

        def take(said: Mapping[str, str]) -> None:
            register = ClipRegister(record.study.file, clip.session_id, record.coder_id)
            register.say_gone(clip_id, said["on"])
            self.show_person(record, self._person)

        self._host.card.ask(
            self.tr("Is every copy of {clip} destroyed?").format(clip=clip.file_name),
            [Field("on", self.tr("Gone on"), clip.gone_on or record.on, self.tr("not gone"))],
            take,
            note=self.tr("An empty day says that it is not. The entry stays in the register."),
        )


def _row(one: ClipWith) -> Row:
    clip = one.clip
    stretches = [f"{clock_words(begin)}–{clock_words(end)}" for begin, end in clip.stretches_us]
    written = [part for part in (clip.made_on, clip.made_by) if part]
    cells = (
        clip.file_name,
        how_words(one.how),
        f"{clip.session_id} {', '.join(stretches)}".strip(),
        use_words()[clip.use],
        " · ".join(written),
        clip.gone_on or "–",
    )
    return Row(clip.id, cells, dim=bool(clip.gone_on))
