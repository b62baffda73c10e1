"""``imhcode add``: add recordings to a session of a study."""

from pathlib import Path
from typing import Annotated

import typer

from imhcode.cli.errors import NotAnId, OffsetsDoNotMatch
from imhcode.cli.study_argument import Study, counted, opened
from imhcode.domain.text import clean_text
from imhcode.domain.timecode import NotATime, from_clock


def add(
    study: Study,
    videos: Annotated[list[Path], typer.Argument(metavar="VIDEO…", help="The recordings.")],
    session: Annotated[str, typer.Option(metavar="ID", help="The session; made if it is new.")],
    dyad: Annotated[str, typer.Option(metavar="ID", help="The dyad the session is of.")] = "",
    offset: Annotated[
        list[str] | None,
        typer.Option(
            metavar="S",
            help="When the recording begins on the session clock, in seconds; "
            "one for all videos or one for each.",
        ),
    ] = None,
) -> None:
    """Add recordings to a session."""
    from imhcode.media.source import open_source  # noqa: PLC0415  (loads the decoder)

    if not session:
        raise NotAnId(text=session, what="session")
    for what, text in (("session", session), ("dyad", dyad)):
        if clean_text(text) != text:
            raise NotAnId(text=clean_text(text), what=what)
    given = offset or ["0"]
    if len(given) not in (1, len(videos)):
        raise OffsetsDoNotMatch(offsets=len(given), videos=len(videos))
    offsets_us = [as_offset_us(text) for text in given]
    if len(offsets_us) == 1:
        offsets_us *= len(videos)
    with opened(study, writing=True) as service:
        for video in videos:  # all of them first: none is added if one cannot be played
            open_source(video).close()
        for video, offset_us in zip(videos, offsets_us, strict=True):
            one = service.add_recording(video, session, offset_us=offset_us, dyad_id=dyad)
            print(f"Added {video} to {session} as {one.id} ({counted(one.frames, 'frame')}).")


def as_offset_us(text: str) -> int:
    """Seconds as whole microseconds, exactly; they may be negative."""
    digits = text.strip().removeprefix("-")
    if digits.startswith("-"):
        raise NotATime(text=text)
    return -from_clock(digits) if text.strip().startswith("-") else from_clock(digits)
