"""Keeps ALSA, the sound system of Linux, from writing into the terminal."""

import ctypes
import sys
from contextlib import suppress
from functools import cache


@cache
def silence_alsa() -> None:
    """Let ALSA keep to itself what it cannot find; we tell it in a sentence of our own.

    Where there is no sound card it prints some forty lines to the standard error of the process.
    Its own switch is used, so that nobody else's lines are lost.
    """
    if sys.platform != "linux":
        return
    with suppress(OSError, AttributeError):  # no such library, or one without that switch
        # A function of the C library that does nothing: one of ours would need the interpreter,
        # on threads of the sound device and perhaps when the interpreter is gone.
        nothing = ctypes.cast(ctypes.CDLL(None).getppid, ctypes.c_void_p)
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(nothing)
