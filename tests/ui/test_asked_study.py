"""The study is asked from another thread, and answers on its own."""

import threading

import pytest

from imhcode.media.superseded import Superseded
from imhcode.store.errors import NoSuchEntry
from imhcode.ui.bringing_in.asked_study import AskedStudy

pytestmark = pytest.mark.gui


class Elsewhere(threading.Thread):
    """A question on a thread of its own, and what came of it."""

    def __init__(self, asked, question):
        super().__init__(daemon=True)
        self._ask = lambda: asked(question)
        self.outcome: object = None

    def run(self):
        try:
            self.outcome = self._ask()
        except Exception as failure:  # noqa: BLE001
            self.outcome = failure


def test_the_answer_is_worked_out_on_the_thread_of_the_window(qtbot):
    asked = AskedStudy()
    thread = Elsewhere(asked, threading.current_thread)
    thread.start()
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=5000)
    assert thread.outcome is threading.main_thread()


def test_what_a_question_raises_is_raised_where_it_came_from(qtbot):
    def refused():
        raise NoSuchEntry(what="scheme", name="x", known="y")

    thread = Elsewhere(AskedStudy(), refused)
    thread.start()
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=5000)
    assert isinstance(thread.outcome, NoSuchEntry)


def test_after_closing_nothing_is_asked_and_nobody_waits(qtbot):
    asked, answered = AskedStudy(), []
    thread = Elsewhere(asked, lambda: answered.append(1))
    asked.close()
    thread.start()
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=5000)
    assert isinstance(thread.outcome, Superseded)
    assert answered == []
