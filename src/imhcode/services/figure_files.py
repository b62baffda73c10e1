"""Figures of a study: made while its sessions go by, and written with the numbers behind them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from imhcode.analysis.figure import Figure
from imhcode.analysis.figures import FigureMaker, Topic, topics_of
from imhcode.domain.errors import Refused
from imhcode.formats.tables.table_file import TableFile
from imhcode.reports.figures.drawing import ENDINGS, Ending, Width, drawn
from imhcode.services.measures import LabScheme, Measuring, Sitting
from imhcode.services.whole_folder import Exported, whole_folder

CAPTIONS = "captions.txt"


class NoSuchFigure(Refused):
    """Fields: ``name``, ``known``."""

    sentence = "There is no figure “{name}” of this study."
    next_step = "There are: {known}."


class FigureMakers:
    """Makes the figures of a study; keeps no session, only what the figures are drawn from.

    Parameters
    ----------
    labs : iterable of LabScheme
        The schemes that sessions are coded with.
    only : sequence of str
        Ids of figures (``survival-repair_latency``), or kinds.  Empty: all that take sessions
        together, and those of one session if ``singles``.

    Raises
    ------
    NoSuchFigure
        No scheme can have it.
    """

    def __init__(
        self, labs: Iterable[LabScheme], only: Sequence[str] = (), *, singles: bool = True
    ) -> None:
        self._labs = {lab.scheme.content_hash: lab for lab in labs}
        self._blanks = {name: lab.session({}, (0, 0)) for name, lab in self._labs.items()}
        can_be = {name: topics_of(blank) for name, blank in self._blanks.items()}
        known = {one.id for some in can_be.values() for one in some}
        known |= {one.kind for some in can_be.values() for one in some}
        for name in only:
            if name not in known:
                raise NoSuchFigure(name=name, known=", ".join(sorted(known)) or "none")
        self._singles: dict[str, list[Topic]] = {}
        self._makers: dict[str, list[FigureMaker]] = {}
        for name, some in can_be.items():
            wanted = [
                one
                for one in some
                if {one.id, one.kind} & set(only) or (not only and (singles or not one.single))
            ]
            self._singles[name] = [one for one in wanted if one.single]
            self._makers[name] = [
                FigureMaker(one, self._blanks[name]) for one in wanted if not one.single
            ]

    def see(self, sitting: Sitting) -> Iterator[tuple[str, Figure]]:
        """Take what every figure needs of a session, and yield those that are of it alone."""
        name, session = sitting.visit.scheme_hash, sitting.for_figures
        for maker in self._makers[name]:
            maker.see(session)
        for topic in self._singles[name]:
            maker = FigureMaker(topic, self._blanks[name])
            maker.see(session)
            whose = (session.session_id, session.coder_id, sitting.about.coding_role)
            yield from self._named(name, "-".join((topic.id, *whose)), maker)

    def figures(self) -> Iterator[tuple[str, Figure]]:
        """Yield a name for files and each figure of all sessions that has anything in it."""
        for name, makers in self._makers.items():
            for maker in makers:
                yield from self._named(name, maker.topic.id, maker)

    def _named(self, name: str, file_name: str, maker: FigureMaker) -> Iterator[tuple[str, Figure]]:
        figure = maker.figure()
        if figure.panels:
            scheme = self._labs[name].scheme
            before = f"{scheme.id}-{scheme.version}-" if len(self._labs) > 1 else ""
            yield _file_name(f"{before}{file_name}"), figure


def study_figures(
    measuring: Measuring,
    only: Sequence[str] = (),
    *,
    on_progress: Callable[[float], None] = lambda _: None,
) -> Iterator[tuple[str, Figure]]:
    """Yield the figures of the study by the name of their files; holds one session at a time.

    Those of single sessions come if they are asked for, or if one session is singled out.
    """
    makers = FigureMakers(measuring.schemes.values(), only, singles=bool(measuring.session_id))
    for sitting in measuring.sittings(on_progress=on_progress):
        yield from makers.see(sitting)
    yield from makers.figures()


def write_figures(
    figures: Iterable[tuple[str, Figure]],
    to: Path,
    *,
    endings: Sequence[Ending] = ENDINGS,
    width: Width = "page",
) -> list[Exported]:
    """Write each figure in each form, its numbers beside it, and all captions.

    Raises
    ------
    FileInTheWay, NotWritten
        See :func:`imhcode.services.whole_folder.whole_folder`.
    """
    captions = []
    with whole_folder(to, "figures") as folder:
        for name, figure in figures:
            for ending in endings:
                (folder.half / f"{name}.{ending}").write_bytes(drawn(figure, ending, width))
                folder.finish(f"{name}.{ending}")
            with TableFile(folder.half / f"{name}.csv", figure.columns) as table:
                table.add(figure.rows)
            folder.finish(f"{name}.csv", table.rows)
            captions.append(f"{name}\n{figure.title}\n{figure.caption}\n")
        folder.write_text(CAPTIONS, "\n".join(captions))
    return folder.files


def _file_name(name: str) -> str:
    """The name without what a file system would not take."""
    return "".join(one if one.isalnum() or one in "-_." else "_" for one in name)
