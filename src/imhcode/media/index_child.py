"""Read a recording not yet known in a process of its own, and keep its time."""

import contextlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from imhcode.domain.errors import ImhcodeError
from imhcode.media import errors
from imhcode.media.errors import RecordingNotRead
from imhcode.media.index_file import IndexFile
from imhcode.media.index_worker import receive
from imhcode.media.indexed import IndexedRecording
from imhcode.media.packet_index import Progress
from imhcode.media.picture import Picture
from imhcode.media.superseded import Superseded

STALL_S = 60.0  # so long without a word and the process is ended: no disk sleeps that long
_ASK_EVERY_S = 0.1


def index_in_child(
    recording: Path,
    kept: IndexFile,
    *,
    size: tuple[int, int] | None,
    on_progress: Progress,
    on_first_picture: Callable[[Picture], None] | None,
    wanted: Callable[[], bool],
) -> IndexedRecording:
    """Index a checked recording in a process of its own; see `imhcode.media.source.open_source`.

    Where the folder cannot be written to, a temporary one takes its place.

    Raises
    ------
    Refused, Trouble
        What the process found wrong; `RecordingNotRead` where it broke down or stood still.
    Superseded
        ``wanted`` said no.
    """
    with tempfile.TemporaryDirectory(prefix="imhcode-") as spare:
        if not _can_write(kept.path.parent):
            kept = replace(kept, path=Path(spare) / kept.path.name)
        child = _started(kept, size)
        try:
            _listen(child, recording, on_progress, on_first_picture, wanted)
        finally:
            child.kill()  # nothing happens to one that has ended
            child.wait()
        found = kept.read()
    if found is None:
        raise RecordingNotRead(path=recording, reason="it changed while it was read")
    return found


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _started(kept: IndexFile, size: tuple[int, int] | None) -> "subprocess.Popen[bytes]":
    given = {
        "recording": str(kept.recording),
        "path": str(kept.path.absolute()),
        "fingerprint": kept.fingerprint,
        "size": size,
    }
    return subprocess.Popen(  # noqa: S603  (our own module, with a checked path as data)
        [*_command(), json.dumps(given)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # It finds what this process finds, and nothing that lies beside the recording.
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _command() -> list[str]:
    return [sys.executable, "-P", "-m", "imhcode.media.index_worker"]


def _listen(
    child: "subprocess.Popen[bytes]",
    recording: Path,
    on_progress: Progress,
    on_first_picture: Callable[[Picture], None] | None,
    wanted: Callable[[], bool],
) -> None:
    """Pass on what the process says, until it has done its work."""
    said: queue.SimpleQueue[tuple[dict[str, Any], bytes] | None] = queue.SimpleQueue()
    ear = threading.Thread(target=_hear, args=(child, said), name="index ear", daemon=True)
    ear.start()
    heard_at = time.monotonic()
    try:
        while True:
            if not wanted():
                raise Superseded
            try:
                message = said.get(timeout=_ASK_EVERY_S)
            except queue.Empty:
                if time.monotonic() - heard_at > STALL_S:
                    raise RecordingNotRead(
                        path=recording, reason=f"reading stood still for {STALL_S:.0f} s"
                    ) from None
                continue
            heard_at = time.monotonic()
            if message is None:
                raise RecordingNotRead(path=recording, reason="it breaks down what reads it")
            if _is_last(message, recording, on_progress, on_first_picture):
                return
    finally:
        child.kill()
        ear.join()


def _hear(
    child: "subprocess.Popen[bytes]",
    said: "queue.SimpleQueue[tuple[dict[str, Any], bytes] | None]",
) -> None:
    assert child.stdout is not None  # noqa: S101  (it was opened as a pipe)
    with child.stdout as out, contextlib.suppress(ValueError, OSError):
        while (message := receive(out)) is not None:
            said.put(message)
    said.put(None)


def _is_last(
    message: tuple[dict[str, Any], bytes],
    recording: Path,
    on_progress: Progress,
    on_first_picture: Callable[[Picture], None] | None,
) -> bool:
    """Act on one message; say whether the work is done."""
    facts, rest = message
    if "progress" in facts:
        on_progress(float(facts["progress"]))
    elif "picture" in facts and on_first_picture is not None:
        width, height = facts["picture"]
        pixels = np.frombuffer(rest, np.uint8).reshape(height, width, 3)
        on_first_picture(Picture(0, 0, width, height, pixels, is_exact=False))
    elif "error" in facts:
        kind = getattr(errors, facts["error"], RecordingNotRead)
        error: ImhcodeError = kind(**{"reason": "", **facts["fields"]})
        raise error
    elif "reason" in facts:
        raise RecordingNotRead(path=recording, reason=facts["reason"])
    return "done" in facts
