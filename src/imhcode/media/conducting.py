"""Who leads the clock while a recording plays: the sound where there is one, else nobody."""

from typing import TYPE_CHECKING

from imhcode.media.clock import Clock

if TYPE_CHECKING:
    from imhcode.media.sound import Sound


def keep_clock(clock: Clock, sound: "Sound | None", until_us: int, *, is_ready: bool) -> None:
    """Start the clock when picture and sound are there; while it runs, let sound lead it.

    Parameters
    ----------
    clock : Clock
        Of the player.
    sound : Sound or None
        What is to be heard.
    until_us : int
        Where playing will end, µs.
    is_ready : bool
        Whether the first picture waits to be shown.
    """
    if clock.is_running:
        if sound is not None:
            sound.look_after(clock, until_us)
    elif is_ready:
        if sound is None:
            clock.play()
        elif sound.may_begin():
            sound.begin(clock)
