"""All recordings that are open share one number of bytes; nobody gets more than there is."""

import os

import pytest

from clips import read_number
from imhcode.media import source
from imhcode.media.cache_budget import PROGRAM_BUDGET, PROGRAM_BYTES, CacheBudget
from imhcode.media.source import open_source
from imhcode.media.stills import open_stills

FRAME_4K = 3840 * 2160 * 3 // 2
LEAST = 16 << 20


@pytest.fixture
def eight_cores(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 8)


@pytest.mark.usefixtures("eight_cores")
@pytest.mark.parametrize("n_cameras", [1, 2, 4])
def test_decoders_and_frames_of_4k_cameras_stay_within_the_budget(n_cameras):
    budget = CacheBudget()
    shares = [budget.share(leads=number == 0) for number in range(n_cameras)]
    spare = False
    for share in shares:
        assert share.take_decoder(FRAME_4K, is_spare=False)
        spare = spare or shares[0].take_decoder(FRAME_4K, is_spare=True)
    assert spare
    assert shares[0].loses_spare(FRAME_4K) == (n_cameras == 4)
    assert not shares[0].take_decoder(FRAME_4K, is_spare=True)
    held = sum(share.decoder_bytes + share.frame_bytes for share in shares)
    assert held <= PROGRAM_BYTES
    assert min(share.frame_bytes for share in shares) >= LEAST


def test_the_leading_camera_gets_more_and_all_of_it_when_the_others_close():
    budget = CacheBudget(300 << 20)
    lead, other, third = budget.share(), budget.share(leads=False), budget.share(leads=False)
    assert lead.frame_bytes == 2 * other.frame_bytes == 150 << 20
    other.close()
    third.close()
    third.close()
    assert lead.frame_bytes == 300 << 20


@pytest.mark.usefixtures("eight_cores")
def test_large_frames_are_decoded_with_fewer_threads():
    lead, follower = CacheBudget().share(), CacheBudget().share(leads=False)
    assert 1 <= follower.threads_for(FRAME_4K) < lead.threads_for(FRAME_4K) < 9
    assert lead.threads_for(1920 * 1080 * 3 // 2) == 9


def test_an_open_recording_gives_way_to_the_next_and_gets_it_back(clip, monkeypatch):
    budget = CacheBudget()
    monkeypatch.setattr(source, "PROGRAM_BUDGET", budget)  # others may be open in this process
    first = open_source(clip("ntsc_long_gop").path)
    alone = first._readers.room_bytes
    others = [open_source(clip("cfr25").path, leads=False) for _ in range(2)]
    assert read_number(first.picture(20).pixels) == 20
    assert first._readers.room_bytes < alone * 0.6
    first._cache.limit(LEAST)
    assert first._cache.held_bytes <= LEAST
    for one in others:
        one.close()
    assert first._readers.room_bytes == alone
    first.close()
    assert not budget._shares


def test_a_recording_that_cannot_be_opened_takes_nothing(tmp_path, clip, monkeypatch):
    before = len(PROGRAM_BUDGET._shares)
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    with pytest.raises(Exception, match=r"a\.jpg"):
        open_stills(tmp_path, interval_us=40_000)

    def fault(*_, **__):
        raise MemoryError

    monkeypatch.setattr("imhcode.media.frame_reader.picture_stream", fault)
    with pytest.raises(MemoryError):
        open_source(clip("cfr25").path)
    assert len(PROGRAM_BUDGET._shares) == before


def test_where_memory_is_scarce_one_decoder_goes_both_ways_and_stays_exact(clip, monkeypatch):
    monkeypatch.setattr(
        "imhcode.media.cache_budget.CacheBudget.take", lambda *_, is_spare: not is_spare
    )
    source = open_source(clip("ntsc_long_gop").path)
    source.picture(150)
    source.prefetch(wanted=lambda: True, for_scrubbing=True)
    assert source._readers.behind() is source._readers.ahead
    frames = [*range(150, 90, -1), *range(90, 180), 290, 5]
    assert [read_number(source.picture(frame).pixels) for frame in frames] == frames
    source.close()
