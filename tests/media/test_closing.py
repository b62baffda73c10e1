"""A decoder can be let go of at any moment: nothing waits for ever."""

import subprocess
import sys

import pytest

# VP9 lets go of pictures in the threads of the decoder; with anything of Python's tied to them the
# thread that closes the decoder waits for those, and they wait for it, within a few rounds.
PROGRAM = """
import sys
from pathlib import Path
from imhcode.media.indexed import index_recording
from imhcode.media.source import Source
path = Path(sys.argv[1])
found = index_recording(path)
for turn in range(150):
    source = Source(path, found, cache_bytes=0)
    for frame in (30 + turn % 40, 5, 80):
        source.picture(frame)
    source.close()
    del source
print("through")
"""


@pytest.mark.parametrize("kind", ["vp9_webm", "hevc", "ntsc_long_gop"])
def test_closing_in_the_midst_of_decoding_never_hangs(clip, kind):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(clip(kind).path)],
        capture_output=True,
        text=True,
        timeout=100,
        env={"PYTHONPATH": ":".join(sys.path)},
        check=True,
    )
    assert done.stdout == "through\n"
