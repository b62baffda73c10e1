"""Reading without looking for rubbish: what is read is kept, so there is none to find."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put the collector off until the end; it would walk all that was read again and again.

    A reader makes objects by the million and throws none away: looking through them as they grow
    takes as long as reading.  Where the collector is off already it stays off.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
