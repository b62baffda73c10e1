"""How much memory the open recordings of the program may take together, and who gets what of it.

A decoder holds some dozen frames however little is shown of them: a hundred and fifty megabytes
for 4K.  What the decoders of all recordings hold is counted first; the rest is shared out for
decoded frames that are kept.
"""

import os
import threading

PROGRAM_BYTES = 704 << 20  #: decoders and frames kept; with the rest of the program below 1 GiB
_LEAST_BYTES = 16 << 20  # a camera always keeps a few pictures, or nothing can be stepped
_LEADING_WEIGHT = 2  # stepped and scrubbed; cameras that follow mostly play
_LEADING_PART, _FOLLOWING_PART = 4, 7  # one decoder takes so small a part of all at most
_LEADING_SPARE, _FOLLOWING_SPARE = 2 / 3, 1 / 2  # of all for decoders, to have a second one
_HELD_BY_DECODER = 8.0  # frames, measured with H.264 …
_HELD_BY_THREAD = 1.6  # … and so many more for each thread
_MOST_THREADS = 16


class CacheBudget:
    """A number of bytes that all open recordings share.  Any thread may use it.

    Parameters
    ----------
    total_bytes : int
        What decoders and kept frames may take together.
    counts_decoders : bool
        Whether decoders are counted; otherwise all of it is for frames that are kept.
    """

    def __init__(self, total_bytes: int = PROGRAM_BYTES, *, counts_decoders: bool = True) -> None:
        self._total_bytes = total_bytes
        self._counts_decoders = counts_decoders
        self._lock = threading.Lock()
        self._shares: list[CacheShare] = []

    def share(self, *, leads: bool = True) -> "CacheShare":
        """Give one recording its share; the shares of the others become smaller."""
        share = CacheShare(self, leads=leads)
        with self._lock:
            self._shares.append(share)
        return share

    def give_back(self, share: "CacheShare") -> None:
        """Forget a share; those of the others become larger."""
        with self._lock:
            if share in self._shares:
                self._shares.remove(share)

    def frame_bytes_of(self, share: "CacheShare") -> int:
        """Return how many bytes of frames one recording may keep now."""
        if not self._counts_decoders:
            return self._total_bytes
        with self._lock:
            decoders = sum(one.decoder_bytes for one in self._shares)
            weights = sum(one.weight for one in self._shares) or share.weight
        return max(_LEAST_BYTES, (self._total_bytes - decoders) * share.weight // weights)

    def take(self, share: "CacheShare", n_bytes: int, *, is_spare: bool) -> bool:
        """Count a decoder; a spare one only where enough is left for frames."""
        with self._lock:
            if is_spare and self._is_scarce(share, n_bytes):
                return False
            share.decoder_bytes += n_bytes
            return True

    def wants_back(self, share: "CacheShare", n_bytes: int) -> bool:
        """Take a spare decoder back if too little is left for frames; say whether it was."""
        with self._lock:
            if not self._is_scarce(share, 0):
                return False
            share.decoder_bytes -= n_bytes
            return True

    def _is_scarce(self, share: "CacheShare", more_bytes: int) -> bool:
        decoders = sum(one.decoder_bytes for one in self._shares) + more_bytes
        part = _LEADING_SPARE if share.leads else _FOLLOWING_SPARE
        return self._counts_decoders and decoders > self._total_bytes * part

    def threads_for(self, frame_bytes: int, part: int) -> int:
        """Return how many threads one decoder may have that takes one ``part`` of all at most."""
        most = min((os.cpu_count() or 1) + 1, _MOST_THREADS)
        held = self._total_bytes / part / max(1, frame_bytes)
        fitting = int((held - _HELD_BY_DECODER) / _HELD_BY_THREAD)
        return max(1, min(most, fitting)) if self._counts_decoders else most


class CacheShare:
    """What one recording may take.  Made by `CacheBudget.share`.

    Attributes
    ----------
    leads : bool
        Whether it is the recording that is stepped and scrubbed.
    decoder_bytes : int
        What its decoders are reckoned to hold.
    """

    def __init__(self, budget: CacheBudget, *, leads: bool) -> None:
        self._budget = budget
        self.leads = leads
        self.decoder_bytes = 0

    @property
    def weight(self) -> int:
        """How many times the room of a camera that follows it gets."""
        return _LEADING_WEIGHT if self.leads else 1

    @property
    def frame_bytes(self) -> int:
        """The most its kept frames may take now; it changes as others come and go."""
        return self._budget.frame_bytes_of(self)

    def threads_for(self, frame_bytes: int) -> int:
        """How many threads a decoder of frames so large may have."""
        part = _LEADING_PART if self.leads else _FOLLOWING_PART
        return self._budget.threads_for(frame_bytes, part)

    def take_decoder(self, frame_bytes: int, *, is_spare: bool) -> bool:
        """Count one more decoder of frames so large; a spare one only where there is room."""
        return self._budget.take(self, self._held_by_one(frame_bytes), is_spare=is_spare)

    def loses_spare(self, frame_bytes: int) -> bool:
        """Give a spare decoder back where others need the room; say whether it has to go."""
        return self._budget.wants_back(self, self._held_by_one(frame_bytes))

    def _held_by_one(self, frame_bytes: int) -> int:
        held = _HELD_BY_DECODER + _HELD_BY_THREAD * self.threads_for(frame_bytes)
        return int(held * frame_bytes)

    def close(self) -> None:
        """Give everything back.  Again, it does nothing."""
        self._budget.give_back(self)


PROGRAM_BUDGET = CacheBudget()  #: of all recordings open in this program
