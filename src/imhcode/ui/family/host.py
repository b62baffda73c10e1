"""What the pages need of the window they stand in."""

from collections.abc import Callable
from typing import Protocol

from imhcode.ui.family.asking_card import AskingCard


class Host(Protocol):
    """Asks, tries, and says."""

    card: AskingCard

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something; say what the rules or the world have against it; whether it was done."""

    def say(self, words: str) -> None:
        """Say a sentence in the message line."""
