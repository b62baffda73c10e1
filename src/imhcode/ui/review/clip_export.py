"""A clip is asked for on a card, checked against consent, and written in the background."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from imhcode.domain.consent import USES
from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.domain.moment import Moment
from imhcode.ui.agreement.form_card import FormCard
from imhcode.ui.long_work import LongWork
from imhcode.ui.messages import said
from imhcode.ui.parent.chosen import recording_of
from imhcode.ui.review.consent_words import today, use_words
from imhcode.ui.review.review_model import ReviewModel
from imhcode.ui.widgets.choices import combo
from imhcode.ui.widgets.message_strip import MessageStrip
from imhcode.ui.widgets.progress_strip import ProgressStrip

if TYPE_CHECKING:
    from imhcode.media.clips.export import ClipMade
    from imhcode.services.clip_masks import Masks
    from imhcode.services.clips import ClipWish, Prepared

_CHOSEN = ("chosen", "shown")


class ClipExport(QObject):
    """One moment, or the chosen ones one after another, as a file.

    Parameters
    ----------
    model : ReviewModel
        Whose moments.
    strip, progress : MessageStrip, ProgressStrip
        Where what happens is said.
    window : QWidget
        The card lies over it.
    """

    def __init__(
        self, model: ReviewModel, strip: MessageStrip, progress: ProgressStrip, window: QWidget
    ) -> None:
        super().__init__(window)
        self._model, self._strip, self._progress = model, strip, progress
        self._window = window
        self._work: LongWork | None = None
        self._moment: Moment | None = None
        self.what = combo(self.tr("What"))
        self.use = combo(self.tr("What for"))
        self.sound = combo(self.tr("Sound"))
        self.titles = QCheckBox(self.tr("A card with its title before each moment"))
        for use in USES:
            self.use.addItem(use_words(use), use)
        self.sound.addItem(self.tr("as is usual for that"), None)
        self.sound.addItem(self.tr("with sound"), True)
        self.sound.addItem(self.tr("without sound"), False)
        self.card = FormCard(
            window,
            (
                (self.tr("What"), self.what),
                (self.tr("What for"), self.use),
                (self.tr("Sound"), self.sound),
                ("", self.titles),
            ),
            self.tr("The recording itself is never changed. Masks that were drawn are kept to."),
            self.tr("Choose a file…"),
        )
        self.titles.setAccessibleName(self.titles.text())
        self.card.asked.connect(self._ask_file)
        progress.cancel_asked.connect(self.stop)

    def open(self, moment: Moment | None) -> None:
        """Ask what is wanted; ``moment`` is the one that is looked at."""
        self._moment = moment
        self.what.clear()
        if moment is not None:
            self.what.addItem(self.tr("This moment"), "one")
        if self._chosen():
            self.what.addItem(self.tr("All that are to be shown, one after another"), "all")
        if not self.what.count():
            self._strip.say(self.tr("Mark a moment first."), "refused")
            return
        self.card.open_card(self.tr("Export a clip"))

    def wish(self) -> "ClipWish":
        """What the card says."""
        from imhcode.services.clip_masks import masks_from_text  # noqa: PLC0415
        from imhcode.services.clips import ClipWish  # noqa: PLC0415

        model, study = self._model, self._model.study
        one = self._moment
        is_one = self.what.currentData() == "one" and one is not None
        moments = (one,) if is_one and one is not None else self._chosen()
        masks: Masks = {}
        camera: tuple[str, ...] = ()
        if study is not None:
            known = [entry.id for entry in study.session(model.session_id).recordings]
            drawn = study.choice(f"masks/{model.session_id}")
            masks = masks_from_text(drawn, known) if drawn else {}
            leads = recording_of(study, model.session_id, moments[0].onset_us)
            camera = (leads.id,) if leads is not None else ()
        return ClipWish(
            session_id=model.session_id,
            moments=moments,
            recording_ids=camera,
            use=self.use.currentData(),
            has_sound=self.sound.currentData(),
            masks=masks,
            with_titles=self.titles.isChecked(),
        )

    def export_to(self, path: Path) -> None:
        """Make the clip, if consent covers it; nothing half done is left behind."""
        from imhcode.media.clips.export import export_clip  # noqa: PLC0415
        from imhcode.services.clips import prepared  # noqa: PLC0415
        from imhcode.services.sound_pictures import folder_for  # noqa: PLC0415

        study = self._model.study
        if study is None:
            return
        self.stop()
        try:
            what = prepared(study, self.wish(), today())
        except ImhcodeError as error:
            self._tell(error)
            return
        folder = folder_for(study.path)
        self._work = LongWork(
            lambda tell, wanted: export_clip(
                what.plan, path, index_folder=folder, on_progress=tell, wanted=wanted
            ),
            discard=lambda made: made.path.unlink(missing_ok=True),
            parent=self,
        )
        self._work.progressed.connect(self._progress.show_share)
        self._work.done.connect(lambda made: self._register(what, made))
        self._work.failed.connect(self._fail)
        self._progress.begin(self.tr("Writing the clip"))
        self._work.start()

    @property
    def is_busy(self) -> bool:
        """Whether a clip is being written."""
        return self._work is not None

    def stop(self) -> None:
        """Stop what is being written; nothing of it is kept."""
        if self._work is not None:
            self._work.stop()
            self._work.wait()
            self._work = None
            self._progress.end()

    # -- inside ------------------------------------------------------------------------------

    def _chosen(self) -> tuple[Moment, ...]:
        return tuple(one for one in self._model.moments if one.status in _CHOSEN)

    def _ask_file(self) -> None:
        self.card.close_card()
        study = self._model.study
        if study is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Export the clip as"),
            str(study.path.with_name("clip.mp4")),
            self.tr("Clips (*.mp4)"),
            options=QFileDialog.Option.DontConfirmOverwrite,  # one that is there is refused
        )
        if name:
            self.export_to(Path(name))

    def _register(self, what: "Prepared", made: "ClipMade") -> None:
        from imhcode.services.clips import registered  # noqa: PLC0415

        self._work = None
        self._progress.end()
        study = self._model.study
        if study is None:
            made.path.unlink(missing_ok=True)
            return
        try:
            done = registered(study, what, made, self._model.coder_id, today())
        except ImhcodeError as error:
            self._tell(error)
            return
        words = self.tr("Clip written to {path}.").format(path=made.path)
        warnings = " ".join(QCoreApplication.translate("errors", one) for one in done.warnings)
        self._strip.say(f"{words} {warnings}".strip())

    def _fail(self, error: Exception) -> None:
        self._work = None
        self._progress.end()
        if isinstance(error, ImhcodeError):
            self._tell(error)

    def _tell(self, error: ImhcodeError) -> None:
        self._strip.say(said(error), "trouble" if isinstance(error, Trouble) else "refused")
