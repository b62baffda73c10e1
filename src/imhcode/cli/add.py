"""``imhcode add``: add recordings to a session of a study, and say what is known of it."""

from pathlib import Path
from typing import Annotated

import typer

from imhcode.cli.errors import NotAnId, OffsetsDoNotMatch
from imhcode.cli.study_argument import Study, counted, opened
from imhcode.domain.text import clean_text
from imhcode.domain.timecode import NotATime, from_clock


def add(
    study: Study,
    session: Annotated[str, typer.Option(metavar="ID", help="The session; made if it is new.")],
    videos: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[VIDEO…]", help="The recordings; a folder with --interval."),
    ] = None,
    dyad: Annotated[str, typer.Option(metavar="ID", help="The dyad the session is of.")] = "",
    offset: Annotated[
        list[str] | None,
        typer.Option(
            metavar="S",
            help="When the recording begins on the session clock, in seconds; "
            "one for all videos or one for each.",
        ),
    ] = None,
    interval: Annotated[
        str,
        typer.Option(
            metavar="S",
            help="VIDEO is a folder of still images, taken this many seconds apart.",
        ),
    ] = "",
    visit: Annotated[str | None, typer.Option(metavar="NAME", help="Which visit it was.")] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="The visit's date, such as 2026-05-31.")
    ] = None,
    age: Annotated[
        str | None, typer.Option(metavar="MONTHS", help="The child's age at the visit.")
    ] = None,
    corrected_age: Annotated[
        str | None, typer.Option(metavar="MONTHS", help="The same, corrected for prematurity.")
    ] = None,
) -> None:
    """Add recordings to a session, and write down what is known of it."""
    from imhcode.domain.study import Session  # noqa: PLC0415  (loads numpy)
    from imhcode.services.recording_facts import read_facts  # noqa: PLC0415  (loads the decoder)
    from imhcode.services.session_details import (  # noqa: PLC0415  (loads the database)
        Details,
        changed,
        write_details,
    )

    if not session:
        raise NotAnId(text=session, what="session")
    for what, text in (("session", session), ("dyad", dyad)):
        if clean_text(text) != text:
            raise NotAnId(text=clean_text(text), what=what)
    videos = videos or []
    details = Details(visit=visit, date=date, age=age, corrected_age=corrected_age)
    changed(Session(id=session), details)  # what is no age is refused before anything is read
    given = offset or ["0"]
    if len(given) not in (1, len(videos)) or (offset and not videos):
        raise OffsetsDoNotMatch(offsets=len(given), videos=len(videos))
    offsets_us = [as_offset_us(text) for text in given]
    if len(offsets_us) == 1:
        offsets_us *= len(videos)
    interval_us = as_interval_us(interval) if interval else 0
    with opened(study, writing=True) as service:
        if not videos:
            service.ensure_session(session, dyad)
        # All of them first: none is added if one cannot be played.
        found = [read_facts(video, interval_us=interval_us) for video in videos]
        for facts, offset_us in zip(found, offsets_us, strict=True):
            one = service.add_facts(facts, session, offset_us=offset_us, dyad_id=dyad)
            print(f"Added {facts.path} to {session} as {one.id} ({counted(one.frames, 'frame')}).")
        if details != Details():
            write_details(service, session, details)
            print(f"Wrote down what is known of {session}.")


def as_interval_us(text: str) -> int:
    """Seconds as whole microseconds; pictures follow one another after some time."""
    interval_us = from_clock(text.strip())
    if interval_us <= 0:
        raise NotATime(text=text)
    return interval_us


def as_offset_us(text: str) -> int:
    """Seconds as whole microseconds, exactly; they may be negative."""
    digits = text.strip().removeprefix("-")
    if digits.startswith("-"):
        raise NotATime(text=text)
    return -from_clock(digits) if text.strip().startswith("-") else from_clock(digits)
