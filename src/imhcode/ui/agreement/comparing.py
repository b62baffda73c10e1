"""From a choice to an overview: the file is read in slices here, the numbers on a thread."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from imhcode.analysis.pair_parameters import Parameters
from imhcode.domain.scheme import Scheme, Track
from imhcode.ui.agreement.sliced_reading import SlicedReading
from imhcode.ui.long_work import LongWork

if TYPE_CHECKING:  # numbers and services are loaded when coders are compared, not before
    from imhcode.services.agreement_measures import MeasuresOfPairs
    from imhcode.services.agreement_pairs import ChosenPair
    from imhcode.services.measures import Reading
    from imhcode.services.studies import StudyService
    from imhcode.ui.agreement.overview import Overview, Records

_READING = 0.6  #: share of the way


class Comparing(QObject):
    """One comparison at a time; another one stops it.

    Signals
    -------
    progressed(float)
        The share done, from 0 to 1.
    done(Overview)
        All of it.
    measured(Overview)
        The same, with the measures of both coders' records.
    curve_done(str, object)
        The id of a track, and its kappas at several tolerances.
    failed(object)
        The `ImhcodeError`.
    """

    progressed = Signal(float)
    done = Signal(object)
    measured = Signal(object)
    curve_done = Signal(str, object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading: SlicedReading | None = None
        self._work: LongWork | None = None
        self._curve: LongWork | None = None
        self._curves: dict[tuple[int, str], Any] = {}

    @property
    def is_busy(self) -> bool:
        """Whether a comparison is on its way."""
        return self._reading is not None or self._work is not None

    def compare(
        self,
        study: "StudyService",
        pairs: "Sequence[ChosenPair]",
        scheme: Scheme,
        tracks: Sequence[Track],
        parameters: Parameters,
        *,
        with_ratings: bool = True,
    ) -> None:
        """Read these pairs and compare them."""
        from imhcode.services.agreement_reading import PairReader  # noqa: PLC0415
        from imhcode.ui.agreement.overview import Records  # noqa: PLC0415

        self.stop()
        reader = PairReader(study, scheme, [one.id for one in tracks])
        self._reading = SlicedReading(pairs, lambda pair: reader.read([pair])[0], self)
        self._reading.progressed.connect(lambda share: self.progressed.emit(_READING * share))
        self._reading.failed.connect(self._fail)
        self._reading.done.connect(
            lambda compared: self.again(
                Records(
                    scheme=scheme,
                    tracks=tuple(tracks),
                    with_ratings=with_ratings,
                    pairs=tuple(pairs),
                    compared=tuple(compared),
                ),
                parameters,
            )
        )
        self._reading.start()

    def again(self, records: "Records", parameters: Parameters) -> None:
        """Compare what was read with other parameters."""
        from imhcode.ui.agreement.overview import overview_of  # noqa: PLC0415

        self.stop()
        self._begin(
            LongWork(
                lambda progress, wanted: overview_of(records, parameters, progress, wanted),
                parent=self,
            ),
            self._finish,
        )

    def _begin(self, work: LongWork, finish: "Callable[[Any], None]") -> None:
        """What was read is there: the rest of the way on a thread."""
        self._stop_work()
        self._work = work
        work.progressed.connect(
            lambda share: self.progressed.emit(_READING + (1 - _READING) * share)
        )
        work.done.connect(finish)
        work.failed.connect(self._fail)
        work.start()

    def measure(self, study: "StudyService", overview: "Overview") -> None:
        """Work out the measures of both coders' records, for what was compared."""
        from imhcode.analysis.measures import MEASURES  # noqa: PLC0415
        from imhcode.services.agreement_measures import MeasuresOfPairs  # noqa: PLC0415

        self._stop_work()
        tuple(MEASURES)  # loads every kind of measure, which is not to happen on two threads
        measures = MeasuresOfPairs(study, overview.records.pairs[0].a.scheme_hash)
        self._reading = SlicedReading(measures.places(overview.records.pairs), measures.read, self)
        self._reading.progressed.connect(lambda share: self.progressed.emit(_READING * share))
        self._reading.failed.connect(self._fail)
        self._reading.done.connect(
            lambda readings: self._work_out_measures(overview, measures, readings)
        )
        self._reading.start()

    def _work_out_measures(
        self, overview: "Overview", measures: "MeasuresOfPairs", readings: "Sequence[Reading]"
    ) -> None:
        from imhcode.ui.agreement.coders_measured import with_measures  # noqa: PLC0415

        self._begin(
            LongWork(
                lambda progress, wanted: with_measures(
                    overview, measures, readings, progress, wanted
                ),
                parent=self,
            ),
            lambda found: self._keep_measures(overview, found),
        )

    def _keep_measures(self, before: "Overview", overview: "Overview") -> None:
        self._work = None
        was, now = id(before.records), id(overview.records)
        self._curves = {
            (now if key == was else key, track): one for (key, track), one in self._curves.items()
        }
        self.measured.emit(overview)

    def draw_curve(self, overview: "Overview", track: Track) -> None:
        """Work out the kappas of a track at several tolerances; once for the same records."""
        from imhcode.ui.agreement.overview import curve_of  # noqa: PLC0415

        self._stop_curve()
        records, key = overview.records, (id(overview.records), track.id)
        if key in self._curves:
            self.curve_done.emit(track.id, self._curves[key])
            return

        def keep(curve: object) -> None:
            self._curve = None
            self._curves[key] = curve
            self.curve_done.emit(track.id, curve)

        self._curve = LongWork(
            lambda _, wanted: curve_of(records, track, overview.parameters, wanted), parent=self
        )
        self._curve.done.connect(keep)
        self._curve.start()

    def stop(self) -> None:
        """Stop, and say nothing more."""
        self._stop_work()
        self._stop_curve()

    def _stop_work(self) -> None:
        if self._reading is not None:
            self._reading.stop()
            self._reading.deleteLater()
            self._reading = None
        if self._work is not None:
            self._work.stop()
            self._work = None

    def close(self) -> None:
        """Stop, and wait until the threads have ended."""
        works = [one for one in (self._work, self._curve) if one is not None]
        self.stop()
        self._curves.clear()
        for one in works:
            one.wait()

    def _stop_curve(self) -> None:
        if self._curve is not None:
            self._curve.stop()
            self._curve = None

    def _finish(self, overview: "Overview") -> None:
        self._work = None
        kept = id(overview.records)
        self._curves = {key: one for key, one in self._curves.items() if key[0] == kept}
        self.done.emit(overview)

    def _fail(self, error: object) -> None:
        self.stop()
        self.failed.emit(error)
