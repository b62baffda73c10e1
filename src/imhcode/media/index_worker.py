"""The process that reads a recording not yet known: ``python -m imhcode.media.index_worker``.

It tells its parent on its standard output, message by message: four bytes of length, then JSON;
after ``{"picture": [width, height]}`` the pixels.  The index itself goes through the file that
the parent reads and checks.  Whatever a damaged or hostile file does to a decoder, it does it
here, within a limit of memory; the parent keeps the time.
"""

import contextlib
import json
import struct
import sys
from pathlib import Path
from typing import IO

from imhcode.domain.errors import ImhcodeError
from imhcode.media.picture import Picture

MOST_MEMORY_BYTES = 4 << 30  # 4K needs half a gibibyte; nothing that is a recording needs this


def send(out: IO[bytes], message: dict[str, object], rest: bytes = b"") -> None:
    """Write one message."""
    text = json.dumps(message).encode()
    out.write(struct.pack(">I", len(text)) + text + rest)
    out.flush()


def receive(source: IO[bytes]) -> tuple[dict[str, object], bytes] | None:
    """Read one message and the pixels that follow it; None at the end."""
    head = source.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack(">I", head)
    text = source.read(length)
    if len(text) < length:
        return None
    message = json.loads(text)
    if "picture" not in message:
        return message, b""
    width, height = message["picture"]
    return message, source.read(width * height * 3)


def main() -> int:
    """Index the recording named on the command line; fields as `index_child` writes them."""
    _limit_memory()
    given = json.loads(sys.argv[1])
    out = sys.stdout.buffer
    from imhcode.media.index_file import IndexFile  # noqa: PLC0415  (within the limit of memory)
    from imhcode.media.indexed import index_recording  # noqa: PLC0415

    def show(picture: Picture) -> None:
        send(out, {"picture": [picture.width, picture.height]}, picture.pixels.tobytes())

    recording = Path(given["recording"])
    try:
        found = index_recording(
            recording,
            size=given["size"] and tuple(given["size"]),
            on_progress=lambda share: send(out, {"progress": share}),
            on_first_picture=show,
        )
        IndexFile(recording, Path(given["path"]), given["fingerprint"]).write(found)
    except ImhcodeError as error:
        fields = {name: str(value) for name, value in error.fields.items()}
        send(out, {"error": type(error).__name__, "fields": fields})
    except MemoryError:
        send(out, {"reason": "it takes more memory than any recording needs"})
    except OSError as error:
        send(out, {"reason": f"its index cannot be written ({error.strerror})"})
    else:
        send(out, {"done": True})
    return 0


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  (there is none on Windows)

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = MOST_MEMORY_BYTES if most < 0 else min(MOST_MEMORY_BYTES, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
