"""What the index knows before anything is decoded; and that the clips are as awkward as they say."""

import numpy as np
import pytest

from imhcode.media.source import open_source


@pytest.fixture
def source(clip):
    made = []

    def one(name, **given):
        made.append(open_source(clip(name).path, **given))
        return made[-1]

    yield one
    for each in made:
        each.close()


def leading_frames(index):
    """Frames that are decoded after a keyframe, shown before it, and need the one before."""
    keyframes = np.unique(index.start[index.start >= 0])
    found = []
    for frame, ordinal in enumerate(index.ordinals.tolist()):
        latest = int(keyframes[keyframes <= ordinal].max())
        if index.start[ordinal] != latest:
            assert frame < index.frames[latest]
            found.append(frame)
    return found


@pytest.mark.parametrize(
    "kind", ["open_gop", "open_gop_ts", "open_gop_mkv", "h264_open_gop_avi", "mpeg2_ps"]
)
def test_a_leading_picture_is_decoded_from_the_keyframe_before_at_the_first_try(source, kind):
    opened = source(kind, cache_bytes=0)
    leading = leading_frames(opened.index)
    assert len(leading) >= 4
    for frame in leading:
        tried = []
        seek = opened._readers.ahead._seek
        opened._readers.ahead._seek = lambda start, seek=seek, tried=tried: (
            tried.append(start),
            seek(start),
        )
        opened._readers.ahead._begin_pass(10**6)  # stands nowhere near
        opened.picture(frame)
        opened._readers.ahead._seek = seek
        assert tried == [opened.index.start[opened.index.ordinals[frame]]]


@pytest.mark.parametrize("kind", ["h264_edit_list", "h264_ts_cut_start"])
def test_packets_that_are_never_shown_are_no_frames(source, kind):
    index = source(kind).index
    assert len(index) > len(index.times)
    assert (index.frames[index.ordinals] == np.arange(len(index.times))).all()
    assert (index.frames == -1).sum() == len(index) - len(index.times)


def test_a_file_without_presentation_times_is_ordered_by_decoding(source):
    index = source("h264_avi").index
    assert (np.diff(index.ordinals) < 0).any()


@pytest.mark.parametrize("kind", ["h264_ts", "mpeg2_interlaced_ts", "h264_ts_wrap", "h264_mkv"])
def test_a_jump_reads_from_the_keyframe_and_not_from_the_beginning_of_the_file(source, kind):
    opened = source(kind, cache_bytes=0)
    opens = []
    reopen = opened._readers.ahead._open
    opened._readers.ahead._open = lambda: (opens.append(1), reopen())
    for frame in (100, 3, 119, 50, 0):
        opened.picture(frame)
    assert opens == []
