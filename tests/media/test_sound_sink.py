"""The real device layer, on miniaudio's device without hardware; and no device at all."""

import os
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from imhcode.media.audio import RATE_HZ
from imhcode.media.sound_errors import NoSoundDevice
from imhcode.media.sound_output import SoundOutput
from imhcode.media.sound_sink_miniaudio import MiniaudioSink


def test_a_device_asks_evenly_and_its_time_is_real_time():
    sink = MiniaudioSink(null_device=True)
    output = SoundOutput(sink.latency_us)
    filled = threading.Event()
    calls = []

    def fill(n_frames):
        calls.append(n_frames)
        if sum(calls) > RATE_HZ // 2:
            filled.set()
        return output.fill(n_frames)

    output.write(np.ones((RATE_HZ, 1), np.float32))
    output.restart_device()
    sink.open(fill, lambda: None)
    assert output.wait(lambda: output.is_steady, 10)
    output.begin()
    assert output.wait(lambda: output.has_begun, 10)
    began_ns, heard_ns = time.monotonic_ns(), output.heard_ns()
    assert filled.wait(10)
    gone_ns = time.monotonic_ns() - began_ns
    # Not "equal to real time": a busy machine holds both clocks up, but holds them together.
    assert abs(output.heard_ns() - heard_ns - gone_ns) < 30_000_000
    sink.close()
    n_calls = len(calls)
    sink.close()
    assert len(calls) == n_calls


def test_without_the_library_there_is_no_device_and_a_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    with pytest.raises(NoSoundDevice, match="plays without sound"):
        MiniaudioSink().open(lambda n: np.zeros((n, 2), np.float32), lambda: None)


def test_a_device_that_refuses_is_no_device(monkeypatch):
    import miniaudio

    def refuse(**_):
        raise miniaudio.MiniaudioError("failed to init device", -401)

    monkeypatch.setattr(miniaudio, "PlaybackDevice", refuse)
    with pytest.raises(NoSoundDevice, match="failed to init device"):
        MiniaudioSink().open(lambda n: np.zeros((n, 2), np.float32), lambda: None)


def test_late_frames_are_left_out_and_not_shifted():
    output = SoundOutput(0, lambda: 0)
    output.write(np.full((100, 1), 0.1, np.float32))
    output.begin()
    assert np.allclose(output.fill(150)[:, 0], [0.1] * 100 + [0.0] * 50)
    output.write(np.full((100, 1), 0.2, np.float32))
    output.write(np.full((100, 1), 0.3, np.float32))
    assert np.allclose(output.fill(100)[:, 0], [0.2] * 50 + [0.3] * 50)


def test_too_much_gain_is_clipped_not_wrapped():
    output = SoundOutput(0, lambda: 0)
    output.loudness = 8.0
    output.fill(10)
    output.write(np.full((10, 1), 0.5, np.float32))
    output.begin()
    assert output.fill(10).max() == 1.0


@pytest.mark.parametrize("burst", [1, 4])
def test_the_time_of_a_device_that_asks_in_bursts_is_smooth(burst):
    now = [0]
    output = SoundOutput(0, lambda: now[0])
    output.restart_device()
    for call in range(400):
        if call % burst == 0:
            now[0] = call * 10_000_000
        output.fill(480)
        if call == 40:
            output.begin()
    heard = []
    for call in range(400, 800):
        if call % burst == 0:
            now[0] = call * 10_000_000
            heard.append((now[0], output.heard_ns()))
        output.fill(480)
    off_ms = [(told - (when - heard[0][0]) - heard[0][1]) / 1e6 for when, told in heard]
    assert max(off_ms) - min(off_ms) < 4


@pytest.mark.skipif(sys.platform != "linux", reason="ALSA is the sound of Linux")
def test_a_machine_without_sound_writes_nothing_into_the_terminal(tmp_path):
    """With settings that name no device ALSA has as much to complain of as without a card."""
    settings = tmp_path / "asound.conf"
    settings.write_text("pcm.nothing { type hw }\n")
    program = """
import os
import subprocess
import sys
import numpy as np
from imhcode.media.sound_errors import NoSoundDevice
from imhcode.media.sound_sink_miniaudio import MiniaudioSink
sink = MiniaudioSink()
try:
    sink.open(lambda n: np.zeros((n, 2), np.float32), lambda: None)
except NoSoundDevice:
    pass
sink.close()
print("through", file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**os.environ, "PYTHONPATH": ":".join(sys.path), "ALSA_CONFIG_PATH": str(settings)},
    )
    assert done.stderr == "through\n"
