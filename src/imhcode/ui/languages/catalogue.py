"""A catalogue: what each English sentence of the window is in another language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, QTranslator

FOLDER = Path(__file__).parent

#: languages with a catalogue, by what they call themselves; English needs none
LANGUAGES: Mapping[str, str] = {"de": "Deutsch"}


@cache
def words_of(language: str) -> Mapping[str, str]:
    """English sentence to sentence; nothing for a language without a catalogue."""
    path = FOLDER / f"{language}.toml"
    if language not in LANGUAGES:
        return {}
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    return {str(text): str(meant) for text, meant in written["words"].items()}


class Catalogue(QTranslator):
    """Answers Qt's question what a sentence is in the language spoken.

    The same English words mean the same wherever they stand, so that Qt's context is not looked
    at; a sentence that has to differ is worded differently in English too.

    Parameters
    ----------
    language : str
        One of :data:`LANGUAGES`.
    """

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words_of(language)

    def isEmpty(self) -> bool:
        return not self._words

    def translate(
        self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """The sentence, or ``None`` to Qt, which then shows the English."""
        del context, disambiguation, n
        return self._words.get(source_text) or None  # type: ignore[return-value]
