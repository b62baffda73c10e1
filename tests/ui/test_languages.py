"""The window in another language: nothing of ours stays English, and nothing stored changes."""

import html
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from imhcode import settings as settings_module
from imhcode.domain.checks.finding import Finding
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.coding import ObservationIsClosed
from imhcode.services.studies import StudyService
from imhcode.settings import Settings
from imhcode.ui import theme
from imhcode.ui.coding.findings_words import sentence_of
from imhcode.ui.keys.key_map_files import NoKeyMap
from imhcode.ui.languages.catalogue import LANGUAGES, words_of
from imhcode.ui.languages.speaking import in_language, persons_language, speak, window_language
from imhcode.ui.main_window import MainWindow
from imhcode.ui.messages import said
from imhcode.ui.widgets.line_label import LineLabel

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
import window_words

pytestmark = pytest.mark.gui

#: words that German does not have, and that hardly any English sentence does without
ENGLISH = re.compile(
    r"\b(the|of|and|is|are|to|with|from|not|here|this|that|for|by|your|you|it|its|nothing"
    r"|begins|ends|frame|saved|events?|coded|press|key|keys|next|open|close|show)\b",
    re.IGNORECASE,
)

_FIELD = re.compile(r"\{[^}]*\}")


@pytest.fixture
def german(qapp):
    speak(qapp, "de")
    yield
    speak(qapp, "en")


@pytest.fixture
def german_window(german, qtbot, qapp) -> Iterator[MainWindow]:
    theme.apply(qapp, theme.DARK)
    window = MainWindow(Settings(language="de"))
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()


def texts_of(window: QWidget) -> Iterator[tuple[str, str]]:
    """Whatever the widgets of a window say, each with the widget's name."""
    for widget in (window, *window.findChildren(QWidget)):
        said_by = type(widget).__name__
        texts = [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel | QAbstractButton | LineLabel):
            texts.append(widget.text())
        if isinstance(widget, QLineEdit):
            texts.append(widget.placeholderText())
        if isinstance(widget, QComboBox):
            texts += [widget.itemText(number) for number in range(widget.count())]
        for text in texts:
            if text:
                yield said_by, html.unescape(text)
    for action in window.findChildren(QAction):
        if action.text():
            yield "QAction", action.text().partition("\t")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_window_is_in_the_catalogue_with_its_fields(language):
    assert window_words.faults_of(language) == []


def test_the_extractor_finds_every_kind_of_sentence():
    found = window_words.sentences()
    for text in (
        "Every key you press is saved at once.",  # tr of a widget
        "Undo",  # the table of actions
        "The observation by {coder} has been submitted and cannot be changed.",  # an error
        "it is too large",  # why an error is one
        "“{code}” at {at} has no offset yet",  # a finding
        "Nudged",  # a constant
        "From the next start on, the window speaks {language}.",
    ):
        assert text in found, text
    assert not any(place.startswith("cli/") for place in found.values())


def test_the_window_says_nothing_in_english_when_it_speaks_german(german_window, qtbot, clip_of):
    window = german_window
    english = {text for text, meant in words_of("de").items() if meant != text}
    templates = [_template(text) for text in english if len(_FIELD.sub("", text)) > 12]
    heard = list(texts_of(window))
    window.open([clip_of("cfr25").path])
    qtbot.waitUntil(lambda: window.space.picture.painted is not None, timeout=10_000)
    model = window.space.model
    for _, meant in list(model.keys().items())[:2]:
        model.code(meant)
    for action in ("toggle_findings", "toggle_history", "key_card", "checkpoint"):
        window.run(action)
        qtbot.wait(1)
        heard += texts_of(window)
    scheme = window.space.model.observation.scheme
    of_scheme = _texts_in(scheme.document)
    assert len(heard) > 300
    for said_by, text in heard:
        assert text not in english, f"{said_by}: {text}"
        for template in templates:
            assert not template.search(text), f"{said_by}: {text}"
        left = text.replace(os.environ["IMHCODE_DATA"], "")  # a folder may have any name
        for known in of_scheme:
            left = left.replace(known, "")
        assert not ENGLISH.search(left), f"{said_by}: {text}"


def test_what_went_wrong_is_said_in_the_language_spoken(german):
    assert said(ObservationIsClosed(coder="KL")).startswith("Die Beobachtung von KL ist abgegeben")
    why = said(NoKeyMap(name="mine.toml", why="it is too large"))
    assert "sie ist zu groß" in why
    finding = Finding(
        rule="still-running",
        severity="warning",
        sentence="“{code}” at {at} has no offset yet",
        fields={"code": "smile", "at": "00:01.000"},
        track="bid",
    )
    scheme = load_scheme(find_scheme("abr"))
    assert sentence_of(finding, scheme).endswith("hat noch kein Ende")


def test_menus_keys_and_dialogs_of_qt_speak_it_too(german_window):
    texts = [action.text() for action in german_window.findChildren(QAction)]
    assert "Zurücknehmen\tStrg+Z" in texts
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


def test_the_language_is_a_setting_that_holds_from_the_next_start_on(driver):
    window = driver.window
    assert window.settings.language == "system"
    window.run("next_language")
    window.run("next_language")
    assert settings_module.load().language == "de"
    assert window.strip.words == "Vom nächsten Start an spricht das Fenster Deutsch."
    window.run("next_language")
    assert settings_module.load().language == "system"


def test_a_language_nobody_knows_is_the_computers_own():
    assert persons_language("de") == "de"
    assert window_language("de") == "de"
    assert persons_language("xx-nonsense") == persons_language("system")
    assert window_language("en") == "en"
    assert in_language("Undo", "en") == "Undo"
    assert in_language("Undo", "de") == "Zurücknehmen"


def test_the_scheme_is_shown_in_the_persons_language_and_coded_as_ever(
    german_window, qtbot, clip_of, tmp_path
):
    path = tmp_path / "study.imh"
    scheme = load_scheme(find_scheme("strengths_review"))
    with StudyService.create(path, [scheme]) as study:
        study.add_recording(clip_of("cfr25").path, "S01")
    window = german_window
    window.open([path])
    qtbot.waitUntil(lambda: window.space.picture.painted is not None, timeout=10_000)
    model = window.space.model
    shown = model.observation.scheme
    assert shown.track("moment").label == "Augenblicke"
    assert shown.content_hash == scheme.content_hash
    model.choose_pass("moments")
    (character, meant) = next(iter(model.keys().items()))
    QTest.keyClick(window.space.picture, Qt.Key(ord(character.upper())))
    (event,) = model.observation.timeline.in_order()
    assert event.code == meant.code.id
    window.close()
    with StudyService.open(path, writing=False) as study:
        assert list(study.schemes()) == [scheme.content_hash]


def _texts_in(plain: object) -> list[str]:
    """Every text of a document, the longest first."""
    texts: set[str] = set()
    waiting = [plain]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            texts.add(one.strip())
        elif isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list | tuple):
            waiting += one
    return sorted((one for one in texts if ENGLISH.search(one)), key=len, reverse=True)


def _template(text: str) -> re.Pattern[str]:
    """An English sentence with anything in its fields, wherever it stands."""
    return re.compile(".+?".join(re.escape(part) for part in _FIELD.split(text)))
