"""Long work: told, handed over once, and nothing of it left when it is stopped."""

import threading

import pytest
from PySide6.QtWidgets import QApplication

from imhcode.media.superseded import Superseded
from imhcode.ui.long_work import LongWork

pytestmark = pytest.mark.gui


def test_the_result_is_handed_over_on_the_windows_thread(qtbot):
    threads = []
    work = LongWork(lambda *_: threads.append(threading.current_thread()) or 42)
    work.done.connect(lambda result: threads.append((threading.current_thread(), result)))
    with qtbot.waitSignal(work.done):
        work.start()
    assert threads[0] is not threading.main_thread()
    assert threads[1] == (threading.main_thread(), 42)


def test_work_that_is_stopped_says_nothing_more(qtbot):
    begun, said = threading.Event(), []

    def work(progress, wanted):
        begun.set()
        while wanted():
            progress(0.5)
        raise Superseded

    made = LongWork(work)
    for signal in (made.done, made.failed):
        signal.connect(said.append)
    made.start()
    assert begun.wait(5)
    made.stop()
    made.wait()
    QApplication.processEvents()
    assert said == []


@pytest.mark.parametrize("finished", [False, True], ids=["in the middle", "at the very end"])
def test_a_result_that_comes_too_late_is_thrown_away(qtbot, finished):
    begun, may_end, thrown, said = threading.Event(), threading.Event(), [], []

    def work(*_):
        begun.set()
        assert may_end.wait(5)
        return "copy"

    made = LongWork(work, discard=thrown.append)
    made.done.connect(said.append)
    made.start()
    assert begun.wait(5)
    if finished:
        may_end.set()
        made.wait()  # its result is on its way to the window
    made.stop()
    may_end.set()
    made.wait()
    QApplication.processEvents()
    assert (thrown, said) == (["copy"], [])
