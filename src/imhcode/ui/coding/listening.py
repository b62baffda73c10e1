"""How the coder listens: kept from one recording to the next."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from imhcode.media.player import Player
    from imhcode.media.sound_track import SoundTrack

MOST_GAIN_DB = 30.0


class Listening(QObject):
    """Volume, mute, gain, channel, and whether steps are heard.

    Signals
    -------
    changed()
        One of them is another, or another recording is open.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player: Player | None = None
        self._own: SoundTrack | None = None
        self._volume = 1.0
        self._gain_db = 0.0
        self._muted = False
        self._hushed = False
        self._channel: int | None = None
        self._grains = True

    def listen_to(self, player: "Player | None", channel: int | None = None) -> None:
        """Use this for the recording of a player from now on; ``channel`` is its own."""
        self._player = player
        self._own = player.sound.track if player and player.sound else None
        self._channel = channel  # another recording, other microphones
        self._apply()

    @property
    def has_sound(self) -> bool:
        """Whether the open recording has a sound track."""
        return self._player is not None and self._player.sound is not None

    @property
    def n_channels(self) -> int:
        """How many channels there are to choose from; 0 without sound."""
        return self._player.sound.n_channels if self._player and self._player.sound else 0

    @property
    def volume(self) -> float:
        """How loud, 0 to 1."""
        return self._volume

    @property
    def gain_db(self) -> float:
        """What is added to quiet recordings, decibels."""
        return self._gain_db

    @property
    def muted(self) -> bool:
        """Whether nothing is heard."""
        return self._muted or self._hushed

    @property
    def muted_by_hand(self) -> bool:
        """Whether the coder wants silence, whatever the pass says."""
        return self._muted

    @property
    def channel(self) -> int | None:
        """The one channel that is heard in both ears, counted from 0; ``None`` for all."""
        return self._channel

    @property
    def grains(self) -> bool:
        """Whether steps and scrubbing are heard."""
        return self._grains

    def hear(self, track: "SoundTrack | None") -> None:
        """Hear another camera's sound with these pictures; ``None``: the recording's own again."""
        track = track or self._own
        if track is not None and self._player and self._player.sound:
            self._player.sound.hear(track)
            self._channel = None  # another camera, other microphones
            self._apply()

    def set_volume(self, volume: float) -> None:
        """Set how loud, 0 to 1."""
        self._volume = min(max(volume, 0.0), 1.0)
        self._apply()

    def set_gain_db(self, gain_db: float) -> None:
        """Add so many decibels, 0 to 30."""
        self._gain_db = min(max(gain_db, 0.0), MOST_GAIN_DB)
        self._apply()

    def set_muted(self, muted: bool) -> None:
        """Let nothing be heard, or something again, even in a pass that is watched in silence."""
        self._muted, self._hushed = muted, False
        self._apply()

    def set_hushed(self, hushed: bool) -> None:
        """Watch in silence because the pass asks for it; what the coder chose is kept."""
        if hushed != self._hushed:
            self._hushed = hushed
            self._apply()

    def toggle_muted(self) -> None:
        """Mute, or no longer."""
        self.set_muted(not self._muted)

    def set_channel(self, channel: int | None) -> None:
        """Listen to one channel in both ears, or to all."""
        self._channel = channel
        self._apply()

    def set_grains(self, grains: bool) -> None:
        """Let steps and scrubbing be heard, or not."""
        self._grains = grains
        self._apply()

    def _apply(self) -> None:
        if self._player is not None:
            self._player.grains = self._grains
            sound = self._player.sound
            if sound is not None:
                sound.volume, sound.gain_db = self._volume, self._gain_db
                sound.muted, sound.channel = self.muted, self._channel
        self.changed.emit()
