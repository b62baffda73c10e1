"""The window in which a clip is made of a stretch: seen picture by picture before it is written."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QMenuBar, QPushButton, QWidget

from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.domain.timecode import as_clock
from imhcode.media.clips.export import NOT_DEIDENTIFIED
from imhcode.media.clips.plan import ClipPlan
from imhcode.services.clips import ClipWish, planned, prepared
from imhcode.services.family import people_of
from imhcode.ui.clips.clip_commands import COMMANDS
from imhcode.ui.clips.clip_form import ClipForm, edge_of
from imhcode.ui.clips.clip_layout import lay_out
from imhcode.ui.clips.clip_writing import ClipWriting
from imhcode.ui.clips.drawing import Drawing
from imhcode.ui.clips.mask_view import MaskView
from imhcode.ui.clips.masks import MaskDraft
from imhcode.ui.clips.preview_maker import Preview, PreviewMaker
from imhcode.ui.clips.region_commands import RegionCommands
from imhcode.ui.clips.region_panel import RegionPanel
from imhcode.ui.messages import said
from imhcode.ui.open_study import OpenStudy
from imhcode.ui.palette.command_palette import CommandPalette
from imhcode.ui.palette.entries import Entry
from imhcode.ui.review.consent_words import today
from imhcode.ui.widgets.message_strip import MessageStrip
from imhcode.ui.widgets.progress_strip import ProgressStrip

_SLOWLY_MS = 160  # a picture, while the preview plays: slow enough to see each of them


class ClipWindow(QWidget):
    """Stretch, cameras, use and sound at the left, the picture, and what is hidden at the right.

    Attributes
    ----------
    number : int
        Which picture of the clip is asked for, counted from 0.
    stretch : tuple of (int, int)
        What is shown, half-open, on the session clock.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.study: OpenStudy | None = None
        self._coder = self._session = ""
        self._plan: ClipPlan | None = None
        self._maker: PreviewMaker | None = None
        self.number = 0
        self.stretch = (0, 0)
        self.menu = QMenuBar()
        self.menu.setNativeMenuBar(False)  # a second window's menu must not push away the first's
        self.form = ClipForm()
        self.view = MaskView()
        self.drawing = Drawing(self.view, self)
        self.where = QLabel()
        self.panel = RegionPanel(QCoreApplication.translate("errors", NOT_DEIDENTIFIED))
        self.strip, self.progress = MessageStrip(), ProgressStrip()
        self.writing = ClipWriting(self.progress, self)
        self.go = QPushButton(self.tr("Export the clip…"))
        self.masking = RegionCommands(self)
        self._slowly = QTimer(self)
        self._slowly.setInterval(_SLOWLY_MS)
        lay_out(
            self,
            self.menu,
            self.deed,
            left_side=(self.form, self.go),
            in_the_middle=(self.view, self.where),
            right_side=self.panel,
            below=(self.progress, self.strip),
        )
        self.finder = CommandPalette(self)
        self._connect()
        self.resize(1280, 800)

    # -- opening -----------------------------------------------------------------------------

    def open(self, study: OpenStudy, coder_id: str, stretch: tuple[int, int]) -> None:
        """Make a clip of a stretch of the open session.

        Raises
        ------
        Refused
            What is kept of the masks of this session cannot be understood.
        """
        if self.writing.is_busy:
            return  # the clip that is being written is finished, or stopped, first
        self._let_go()
        draft = MaskDraft(study.service, study.session_id, self)
        self.study, self._coder, self._session = study, coder_id, study.session_id
        self.stretch, self.number = stretch, 0
        session = study.service.session(self._session).session
        people = people_of(study.service.file, session.dyad_id) if session.dyad_id else ()
        self.panel.open([(one.id, one.label) for one in people])
        self.form.open(study.service, self._session, study.recording.id if study.recording else "")
        self.drawing.draft = draft
        draft.changed.connect(self._masks_changed)
        self._maker = PreviewMaker(study.index_folder(), self)
        self._maker.made.connect(self._show)
        self._maker.failed.connect(self._fail_to_show)
        self.strip.clear()
        self.setWindowTitle(self.tr("{session} · clip – imhcode").format(session=self._session))
        self.view.show_words(self.tr("Reading the frame times…"))
        self._changed()
        self.view.setFocus()

    def close_study(self) -> None:
        """The study is being closed."""
        self.writing.stop()
        self._let_go()
        self.study = None

    def _let_go(self) -> None:
        self._slowly.stop()
        if self._maker is not None:
            self._maker.close()
            self._maker.deleteLater()
            self._maker = None
        if self.drawing.draft is not None:
            self.drawing.draft.deleteLater()
            self.drawing.draft = None
        self.view.show_words("")

    def wish(self) -> ClipWish:
        """What the window says."""
        draft = self.drawing.draft
        wish = self.form.wish(self._session, self.stretch)
        return replace(wish, masks=draft.masks if draft else {})

    # -- looking -----------------------------------------------------------------------------

    def step(self, distance: int, is_held: bool = False) -> None:
        """Go so many pictures on; a held key waits until each has been seen."""
        shown = self.view.preview
        if shown is None or (is_held and shown.number != self.number):
            return
        self._go_to(self.number + distance)

    def play_slowly(self) -> None:
        """Play picture by picture, or stand still."""
        if self._slowly.isActive():
            self._slowly.stop()
        elif self.view.preview is not None:
            if self.number >= self.view.preview.count - 1:
                self._go_to(0)
            self._slowly.start()

    def _play_on(self) -> None:
        shown = self.view.preview
        if shown is not None and self.number >= shown.count - 1:
            self._slowly.stop()
        self.step(1, is_held=True)

    def _go_to(self, number: int) -> None:
        shown = self.view.preview
        if shown is not None and self._maker is not None and self._plan is not None:
            self.number = max(0, min(number, shown.count - 1))
            self._maker.ask(self._plan, self.number)

    def _show(self, shown: Preview) -> None:
        if shown.plan is not self._plan or self.study is None:
            return  # made for a clip that is not wanted any more
        self.number = shown.number
        self.view.show_preview(shown)
        self.form.show_stretch(shown, self._offset_us)
        at_us = shown.span.from_us + shown.frame.time_us
        words = self.tr("{time} · frame {frame} · picture {n} of {count}")
        self.where.setText(
            words.format(
                time=as_clock(at_us),
                frame=shown.frame.frames[0],
                n=shown.number + 1,
                count=shown.count,
            )
        )
        self._show_regions()

    def _show_regions(self) -> None:
        draft, camera = self.drawing.draft, self.drawing.chosen_camera
        self.drawing.show_outlines()
        if draft is not None:
            frame = None if camera is None else self.drawing.frame_of(camera)
            self.panel.show_masks(draft, self.names(), frame)

    def names(self) -> dict[str, str]:
        box = self.form.camera
        return {one: box.itemText(box.findData(one)) for one in self.drawing.cameras}

    @property
    def _offset_us(self) -> int:
        return self._plan.shots[0].cameras[0].offset_us if self._plan else 0

    def _changed(self) -> bool:
        """Another clip is wanted: show it, and say whether it may be handed on."""
        self.drawing.cameras = self.form.cameras
        self.drawing.camera = min(self.drawing.camera, max(0, len(self.form.cameras) - 1))
        done = self.attempt(self._look)
        self._say_consent()
        return done

    def _look(self) -> None:
        if self.study is not None and self._maker is not None:
            self._plan = planned(self.study.service, self.wish())
            self._maker.ask(self._plan, self.number)

    def _say_consent(self) -> None:
        study = self.study
        if study is None:
            return
        try:
            what = prepared(study.service, self.wish(), today())
        except ImhcodeError as error:
            self.form.consent.say(said(error))
            return
        warnings = [QCoreApplication.translate("errors", one) for one in what.warnings]
        self.form.consent.say(" ".join((self.tr("Consent covers this use."), *warnings)))

    def _masks_changed(self) -> None:
        self._show_regions()
        self._changed()

    # -- keys -------------------------------------------------------------------------------

    def go_to_box(self, frame: int | None) -> None:
        number = None if frame is None else self.drawing.number_of(frame)
        if number is not None:
            self._go_to(number)

    def go_to_picture(self) -> None:
        self.view.setFocus()

    def mute_here(self) -> None:
        """A silence begins with the picture that is shown, or ends with it."""
        shown = self.view.preview
        if shown is not None:
            from_us = shown.span.from_us + shown.frame.time_us
            self.form.silence_here(from_us, from_us + shown.frame.duration_us)

    def alter(self, field: str, value: str) -> None:
        draft = self.drawing.draft
        if draft is not None:
            self.attempt(lambda: draft.change(**{field: value}))

    # -- export ------------------------------------------------------------------------------

    def export(self) -> None:
        """Ask for a file; what consent does not cover is refused before."""
        study = self.study
        if study is None or self.writing.is_busy:
            return
        if not self.attempt(lambda: prepared(study.service, self.wish(), today())):
            return
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Export the clip as"),
            str(study.place_for("").with_name("clip.mp4")),
            self.tr("Clips (*.mp4)"),
            options=QFileDialog.Option.DontConfirmOverwrite,  # one that is there is refused
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the clip that is shown, in the background."""
        if self.study is not None and not self.writing.is_busy:
            self.writing.export(self.study, self.wish(), self._coder, path)

    def stop(self) -> None:
        """Stop writing or following; nothing of it is kept."""
        self.writing.stop()

    # -- inside ------------------------------------------------------------------------------

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something; say what the rules or the world have against it; whether it was done."""
        try:
            act()
        except ImhcodeError as error:
            self._tell(error)
            return False
        return True

    def _tell(self, error: ImhcodeError) -> None:
        self.strip.say(said(error), "trouble" if isinstance(error, Trouble) else "refused")

    def _fail_to_show(self, error: ImhcodeError) -> None:
        self._slowly.stop()
        self.view.show_words(said(error))

    def _type_edge(self, is_beginning: bool, text: str) -> None:
        shown = self.view.preview

        def take() -> None:
            if shown is not None:
                at_us = edge_of(text, shown.times, self._offset_us, is_beginning=is_beginning)
                from_us, until_us = self.stretch
                self.stretch = (at_us, until_us) if is_beginning else (from_us, at_us)

        before, self.number = self.stretch, 0
        if not (self.attempt(take) and self._changed()):
            self.stretch = before
            self.attempt(self._look)  # what is shown is what would be exported

    def command_palette(self) -> None:
        """Everything that can be done here."""
        self.finder.open(
            [
                Entry(
                    QCoreApplication.translate("clips", one.words),
                    QCoreApplication.translate("menus", one.menu),
                    one.keys,
                    self.deed(one.method),
                )
                for one in COMMANDS
                if one.method != "command_palette"
            ]
        )

    def deed(self, method: str) -> Callable[[], object]:
        """What a command of the menus does."""
        act: Callable[[], object] = getattr(self, method, None) or getattr(self.masking, method)
        return act

    def leave(self) -> None:
        """Close; what is drawn is kept."""
        if not self.finder.close_palette():
            self.close()

    def _connect(self) -> None:
        self.form.changed.connect(self._changed)
        self.form.edge_typed.connect(self._type_edge)
        self.view.stepped.connect(self.step)
        self.view.played.connect(self.play_slowly)
        self.view.drawn.connect(lambda box: self.attempt(lambda: self.drawing.draw(box)))
        self.view.placed.connect(lambda box: self.attempt(lambda: self.drawing.place(box)))
        self.view.nudged.connect(lambda *by: self.attempt(lambda: self.drawing.nudge(*by)))
        self.view.pointed.connect(self.drawing.point)
        self.panel.region_chosen.connect(self._choose_region)
        self.panel.frame_chosen.connect(self.go_to_box)
        self.panel.altered.connect(self.alter)
        self.writing.written.connect(self.strip.say)
        self.writing.failed.connect(self._tell)
        self.writing.proposed.connect(self.masking.take_proposal)
        self._slowly.timeout.connect(self._play_on)
        self.go.clicked.connect(self.export)

    def _choose_region(self, recording: str, number: int) -> None:
        if self.drawing.draft is not None:
            self.drawing.draft.choose(recording, number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() == Qt.Key.Key_Delete and self.form.silences.hasFocus():
            self.form.take_silence()
        elif event.key() == Qt.Key.Key_Delete:
            if self.panel.boxes.hasFocus():
                self.masking.take_box()
            else:
                self.masking.take_region()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._slowly.stop()
        self.finder.close_palette()
        super().closeEvent(event)
