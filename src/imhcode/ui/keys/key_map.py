"""A key map: which chord does which action."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from imhcode.ui.keys.chords import shown

_SHOWN_AT_ONCE = 2


@dataclass(frozen=True)
class KeyMap:
    """Keys of every action.

    Attributes
    ----------
    id : str
        A built-in profile, or the name of the file of a map of one's own.
    name : str
        What people call it.
    based_on : str
        The built-in profile that a map of one's own differs from; empty for those.
    keys : mapping of str to tuple of str
        Chords by action id; an action that is not named has none.
    """

    id: str
    name: str
    based_on: str
    keys: Mapping[str, tuple[str, ...]]

    @cached_property
    def _actions(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for action, chords in self.keys.items():
            for chord in chords:
                found.setdefault(chord, action)
        return found

    @property
    def is_own(self) -> bool:
        """Whether a person made it."""
        return bool(self.based_on)

    def keys_of(self, action: str) -> tuple[str, ...]:
        """The chords of an action."""
        return self.keys.get(action, ())

    def action_of(self, chord: str) -> str:
        """What a chord does; empty: nothing."""
        return self._actions.get(chord, "")

    def having(self, action: str, chords: tuple[str, ...]) -> "KeyMap":
        """The same map with other keys for one action; whoever had them has them no more."""
        left = {
            other: tuple(one for one in had if one not in chords)
            for other, had in self.keys.items()
            if other != action
        }
        return KeyMap(self.id, self.name, self.based_on, left | {action: chords})

    def called(self, map_id: str, name: str, based_on: str) -> "KeyMap":
        """The same keys under another name."""
        return KeyMap(map_id, name, based_on, self.keys)

    def clashes(self) -> Iterator[tuple[str, str, str]]:
        """Yield each chord that two actions want, with both."""
        owner: dict[str, str] = {}
        for action, chords in self.keys.items():
            for chord in chords:
                if owner.setdefault(chord, action) != action:
                    yield chord, owner[chord], action

    def shown(self, action: str) -> str:
        """The first keys of an action as people read them, two blanks between them."""
        return "  ".join(shown(chord) for chord in self.keys_of(action)[:_SHOWN_AT_ONCE])


def laid_over(
    usual: Mapping[str, tuple[str, ...]], different: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """The usual keys of all actions, save those in ``different``, which take theirs first."""
    taken = {chord for chords in different.values() for chord in chords}
    left = {
        action: tuple(chord for chord in chords if chord not in taken)
        for action, chords in usual.items()
    }
    return left | dict(different)
