"""What can be wrong with sound; the pictures go on in every case."""

from imhcode.domain.errors import Trouble


class NoSoundDevice(Trouble):
    """Fields: ``reason``."""

    sentence = "No sound device could be opened ({reason}); the recording plays without sound."
    next_step = "Connect headphones or loudspeakers; sound joins in when you play again."


class SoundDeviceLost(Trouble):
    """No fields."""

    sentence = "The sound device is gone; the pictures go on without sound."
    next_step = "Connect it again; sound joins in when you play again."


class UnreadableSound(Trouble):
    """Fields: ``path``, ``reason``."""

    sentence = "The sound of {path} cannot be read: {reason}. The pictures go on without it."
    next_step = "Check whether the file is still there and open the recording again."
