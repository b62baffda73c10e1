"""Which language the window speaks, and how the program is made to speak it."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from imhcode.ui.languages.catalogue import LANGUAGES, Catalogue, words_of

SYSTEM = "system"  #: the setting that leaves it to the computer
ENGLISH = "en"  #: what the sentences are written in


def choices() -> tuple[str, ...]:
    """What the setting may be: the computer's own, or one by its code."""
    return (SYSTEM, ENGLISH, *LANGUAGES)


def persons_language(setting: str) -> str:
    """The code of the language a person reads, such as ``de``; the window may not speak it."""
    if setting in choices() and setting != SYSTEM:
        return setting
    return QLocale.system().name().partition("_")[0]


def window_language(setting: str) -> str:
    """The language of the window: the person's if there is a catalogue for it, else English."""
    wanted = persons_language(setting)
    return wanted if wanted in LANGUAGES else ENGLISH


def name_of(language: str) -> str:
    """What speakers of a language call it."""
    return LANGUAGES.get(language, "English")


def in_language(text: str, language: str) -> str:
    """One sentence in a language other than the one spoken now."""
    return words_of(language).get(text) or text


def speak(app: QCoreApplication, setting: str) -> str:
    """Let all widgets made from now on speak a language, and Qt's own dialogs with them.

    Returns
    -------
    str
        The code of the language.
    """
    for earlier in app.findChildren(QTranslator):
        app.removeTranslator(earlier)
        earlier.deleteLater()
    language = window_language(setting)
    if language != ENGLISH:
        of_qt = QTranslator(app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if of_qt.load(f"qtbase_{language}", folder):
            app.installTranslator(of_qt)
        app.installTranslator(Catalogue(language, app))
    return language
