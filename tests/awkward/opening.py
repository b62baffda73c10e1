"""Run as a program: open every file of a folder, listen whether one of them calls out.

Prints what was said of each, how long it took, and how many calls came.  A file that calls
``http://127.0.0.1:PORT`` finds the port in ``awkward.hostile``.
"""

import faulthandler
import json
import socket
import sys
import time
from pathlib import Path

from awkward.hostile import PORT
from imhcode.domain.errors import ImhcodeError
from imhcode.media.source import open_source


def said_of(path: Path) -> str:
    """The refusal of a file, or nothing; frames of it that are damaged may say so."""
    try:
        source = open_source(path)
    except ImhcodeError as refusal:
        return type(refusal).__name__
    for frame in range(0, len(source.frame_times), max(1, len(source.frame_times) // 6)):
        try:
            source.picture(frame)
        except ImhcodeError:
            continue
    source.close()
    return ""


def calls_waiting(ear: socket.socket) -> int:
    count = 0
    while True:
        try:
            ear.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


def main() -> None:
    faulthandler.enable()
    found = {}
    with socket.socket() as ear:
        ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        ear.bind(("127.0.0.1", PORT))
        ear.listen()
        ear.setblocking(False)
        for path in sorted(Path(sys.argv[1]).iterdir()):
            began = time.monotonic()
            said = said_of(path)
            found[path.name] = {"said": said, "seconds": time.monotonic() - began}
        calls = calls_waiting(ear)
    print(json.dumps({"files": found, "calls": calls}))


if __name__ == "__main__":
    main()
