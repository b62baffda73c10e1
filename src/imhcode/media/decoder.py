"""A thread that decodes what was asked for last."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imhcode.media.picture import Picture
from imhcode.media.superseded import Superseded

if TYPE_CHECKING:
    from imhcode.media.picture_source import PictureSource

AHEAD = 6  # pictures decoded before they are due: a fifth of a second, 36 MB at 1080p …
AHEAD_BYTES = 48 << 20  # … and fewer where they are larger
_LEAST_AHEAD = 2
REST_S = 0.02  # longer than a mouse needs from one place to the next
QUIET_S = 0.1  # nothing asked for so long: no key is held down


@dataclass(frozen=True)
class Request:
    """What the decoder is asked for.

    Attributes
    ----------
    ticket : int
        Comes back with each picture, so that late answers to earlier requests can be told.
    frame : int
        The frame, or the first of a run.
    size : (int, int) or None
        What the picture must fit into; ``None`` for full size.
    runs : bool
        Whether the frames after it are wanted too, one by one, until the end.
    deinterlaced : bool
        Whether interlaced frames are shown without combs.
    scrubs : bool
        Whether it is one of many on the way elsewhere, so that another picture may stand in.
    """

    ticket: int
    frame: int
    size: tuple[int, int] | None
    runs: bool = False
    deinterlaced: bool = True
    scrubs: bool = False


class Decoder:
    """One plain thread that owns one source.  It starts at once and ends with `close`.

    The mailbox has one place: a new request takes the place of one not begun and interrupts one
    that is under way.  With nothing to do it fills the source's cache around the last frame.

    Parameters
    ----------
    source : Source
        Used by nobody else from now on; `close` closes it.
    on_picture : callable
        Gets the picture and the ticket of its request, on the decoder's thread.
    on_trouble : callable
        Gets every exception, on the decoder's thread; decoding goes on with what comes next.
    due_frame : callable
        During a run: the frame that is due now.  Frames before it are passed over.
    on_coarse : callable or None
        Gets, on the decoder's thread, pictures that stand in for one which takes a while
        (``is_exact`` is false), of requests that scrub.  They carry no ticket: each is shown
        although its request may be void by then, so that something moves.
    """

    def __init__(
        self,
        source: "PictureSource",
        *,
        on_picture: Callable[[Picture, int], None],
        on_trouble: Callable[[Exception], None],
        due_frame: Callable[[], int] = lambda: 0,
        on_coarse: Callable[[Picture], None] | None = None,
    ) -> None:
        self._source = source
        self._on_picture = on_picture
        self._on_trouble = on_trouble
        self._due_frame = due_frame
        self._on_coarse = on_coarse
        self._changed = threading.Condition()
        self._mailbox: Request | None = None
        self._current: Request | None = None
        self._untaken = 0
        self._ahead = AHEAD
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="imhcode-decoder", daemon=True)
        self._thread.start()

    @property
    def is_idle(self) -> bool:
        """Whether everything asked for has been answered, with a picture or with trouble."""
        with self._changed:
            return self._mailbox is None and self._current is None

    def wait_until_ready(self, timeout_s: float) -> bool:
        """Wait until it has nothing to do: all is answered, or a run is as far ahead as may be."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._has_work(), timeout_s)

    def ask(self, request: Request) -> None:
        """Ask for a picture or a run of them; whatever was asked before is dropped."""
        with self._changed:
            self._mailbox = request
            self._untaken = 0
            self._changed.notify_all()

    def taken(self, ticket: int, n_pictures: int) -> None:
        """Make room: so many pictures of that run are no longer waiting to be shown."""
        with self._changed:
            if self._current is not None and self._current.ticket == ticket:
                self._untaken -= n_pictures
                self._changed.notify_all()

    def close(self) -> None:
        """Stop, wait for the thread, which closes the source.  Again, it does nothing."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join()

    def _work(self) -> None:
        try:
            while (request := self._next()) is not None:
                self._answer(request)
                if self.is_idle:
                    self._look_ahead()
        finally:
            self._source.close()

    def _next(self) -> Request | None:
        """Wait for something to do; None when the work is over."""
        with self._changed:
            self._changed.wait_for(self._has_work)
            if self._closed:
                return None
            if self._mailbox is not None:
                self._current, self._mailbox = self._mailbox, None
            return self._current

    def _has_work(self) -> bool:
        if self._closed or self._mailbox is not None:
            return True
        return self._current is not None and self._untaken < self._ahead

    def _is_wanted(self) -> bool:
        return self._mailbox is None and not self._closed

    def _answer(self, request: Request) -> None:
        frame = request.frame
        try:
            if self._on_coarse is not None and request.scrubs and not request.runs:
                self._answer_at_once(request, self._on_coarse)
            picture = self._source.picture(
                frame, request.size, deinterlaced=request.deinterlaced, wanted=self._is_wanted
            )
        except Superseded:
            return
        except Exception as error:  # noqa: BLE001  (nothing may be lost with the thread)
            self._on_trouble(error)
            self._go_on(request, frame, n_pictures=0)
            return
        fitting = AHEAD_BYTES // max(1, picture.pixels.nbytes)
        self._ahead = max(_LEAST_AHEAD, min(AHEAD, fitting))
        self._on_picture(picture, request.ticket)
        # Only now: who sees that the decoder is idle must have every picture already.
        self._go_on(request, frame, n_pictures=1)

    def _answer_at_once(self, request: Request, on_coarse: Callable[[Picture], None]) -> None:
        """Give a coarse picture where the exact one takes a while; not to be interrupted.

        The exact one is begun when the mouse rests: a decoder begun for nothing answers late.
        """
        coarse = self._source.coarse_picture(
            request.frame, request.size, deinterlaced=request.deinterlaced
        )
        if coarse is not None:
            on_coarse(coarse)
            with self._changed:
                if self._changed.wait_for(lambda: not self._is_wanted(), REST_S):
                    raise Superseded

    def _look_ahead(self) -> None:
        """Use the time until the next request; a bug in there is told like any other.

        Every packet begun is one that a request may have to wait for; so while a key is held down
        only what it needs is decoded.
        """
        try:
            self._source.prefetch(wanted=self._is_wanted, only_next=True)
            with self._changed:
                if self._changed.wait_for(self._has_work, QUIET_S):
                    return
            for_scrubbing = self._on_coarse is not None
            self._source.prefetch(wanted=self._is_wanted, for_scrubbing=for_scrubbing)
        except Exception as error:  # noqa: BLE001  (nothing may be lost with the thread)
            self._on_trouble(error)

    def _go_on(self, request: Request, frame: int, *, n_pictures: int) -> None:
        """Note the next frame of a run, or that the request is answered."""
        after = max(frame + 1, self._due_frame()) if request.runs else None
        with self._changed:
            if self._mailbox is not None:
                return
            self._untaken += n_pictures
            if after is None or after > self._source.frame_times.last_frame:
                self._current = None
            else:
                self._current = replace(request, frame=after)
            self._changed.notify_all()
