"""``imhcode clip``: a stretch of a session, or its moments, as a film to be shown."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from imhcode.cli.add import as_offset_us
from imhcode.cli.errors import NoSuchMoment
from imhcode.cli.progress import progress
from imhcode.cli.study_argument import AsJson, Study, counted, opened, print_json

if TYPE_CHECKING:
    from imhcode.domain.moment import Moment
    from imhcode.services.clips import ClipDone
    from imhcode.services.studies import StudyService

_WHAT = "say what to show: --from S and --until S, --frames A-B, or --moments STATUS"


def clip(
    study: Study,
    session: Annotated[str, typer.Argument(metavar="SESSION", help="The session.")],
    *,
    to: Annotated[Path, typer.Option(metavar="FILE", help="A new file ending with .mp4.")],
    from_: Annotated[
        str, typer.Option("--from", metavar="S", help="Where it begins on the session clock.")
    ] = "",
    until: Annotated[
        str, typer.Option(metavar="S", help="Where it ends; what is on screen then is not in it.")
    ] = "",
    frames: Annotated[
        str,
        typer.Option(metavar="A-B", help="Instead: these frames of the camera, both included."),
    ] = "",
    moments: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STATUS|ID",
            help="Instead: the moments that are so (chosen, shown …), or this one; "
            "may be repeated.",
        ),
    ] = None,
    reel: Annotated[
        bool, typer.Option("--reel", help="A card with its title before each moment.")
    ] = False,
    camera: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="The recording to be seen; twice: side by side."),
    ] = None,
    mute: Annotated[bool, typer.Option("--mute", help="Without sound.")] = False,
    mute_between: Annotated[
        list[str] | None,
        typer.Option(
            metavar="A-B",
            help="Without sound from second A until B of the session clock; may be repeated.",
        ),
    ] = None,
    sound: Annotated[
        bool, typer.Option("--sound", help="With sound, also where the use is shown without.")
    ] = False,
    sound_from: Annotated[str, typer.Option(metavar="ID", help="The recording to be heard.")] = "",
    mask: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What is to be hidden, as JSON.")
    ] = None,
    use: Annotated[
        str,
        typer.Option(
            help="What it is for: treatment, supervision, teaching, research, family-copy, "
            "public-excerpt.",
        ),
    ] = "treatment",
    coder: Annotated[str, typer.Option(metavar="ID", help="Who makes it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Export a clip, exact to the frame, without metadata, if consent covers its use."""
    ways = [bool(from_ or until), bool(frames), bool(moments)]
    if sum(ways) != 1 or bool(from_) != bool(until):
        raise typer.BadParameter(_WHAT)
    if mute and (sound or mute_between or sound_from):
        raise typer.BadParameter("--mute leaves no sound to say anything else of")
    from imhcode.services.clip_masks import read_masks  # noqa: PLC0415  (heavy, as all below)
    from imhcode.services.clips import ClipWish, make_clip  # noqa: PLC0415
    from imhcode.services.consent import use_called  # noqa: PLC0415
    from imhcode.settings import load  # noqa: PLC0415

    with opened(study, writing=True) as service:
        there = [one.id for one in service.session(session).recordings]
        wish = ClipWish(
            session_id=session,
            stretches_us=_stretches(service, (camera or there or [""])[0], from_, until, frames),
            moments=_moments(service, session, moments or []),
            recording_ids=tuple(camera or ()),
            sound_from=sound_from,
            use=use_called(use),
            has_sound=False if mute else True if sound or sound_from or mute_between else None,
            muted_us=tuple(_stretch(*_split(one)) for one in mute_between or ()),
            masks=read_masks(mask, there) if mask else {},
            with_titles=reel,
        )
        with progress(f"Writing {to.name}") as on_progress:
            done = make_clip(
                service,
                wish,
                to,
                coder_id=coder or load().coder,
                on=date.today().isoformat(),  # noqa: DTZ011  (the day on the wall, where the person is)
                on_progress=on_progress,
            )
    _tell(done, as_json=as_json)


def _stretches(
    service: "StudyService", leading: str, from_: str, until: str, frames: str
) -> tuple[tuple[int, int], ...]:
    """The stretch that was asked for by times or by frames."""
    from imhcode.services.clips import stretch_of_frames  # noqa: PLC0415

    if frames:
        first, last = _split(frames)
        if not (first.isdecimal() and last.isdecimal() and int(first) <= int(last)):
            raise typer.BadParameter(f"“{frames}” are no frames such as 312-499.")
        return (stretch_of_frames(service, leading, int(first), int(last)),)
    return (_stretch(from_, until),) if from_ else ()


def _moments(service: "StudyService", session: str, asked: list[str]) -> "tuple[Moment, ...]":
    """The session's moments of a status or with an id, in the order of showing."""
    from imhcode.services.review import moments  # noqa: PLC0415

    if not asked:
        return ()
    there = moments(service, session)
    for word in asked:
        if not any(word in (one.status, one.id) for one in there):
            raise NoSuchMoment(word=word, session=session)
    return tuple(one for one in there if one.status in asked or one.id in asked)


def _stretch(from_: str, until: str) -> tuple[int, int]:
    return as_offset_us(from_), as_offset_us(until)


def _split(text: str) -> tuple[str, str]:
    """The two ends of ``A-B``."""
    first, dash, last = text.partition("-")
    if not (first and dash and last):
        raise typer.BadParameter(f"“{text}” has no two ends such as 12.5-14.")
    return first.strip(), last.strip()


def _tell(done: "ClipDone", *, as_json: bool) -> None:
    made, record = done.made, done.record
    if as_json:
        spans = [
            {
                "first_frame": one.first_frame,
                "last_frame": one.last_frame,
                "from_us": one.from_us,
                "until_us": one.until_us,
            }
            for one in made.spans
        ]
        left_out = [{"recording": path.name, "frame": frame} for path, frame in made.left_out]
        print_json(
            {
                "path": str(made.path),
                "frames": made.frames,
                "duration_us": made.duration_us,
                "width": made.size[0],
                "height": made.size[1],
                "sound": made.has_sound,
                "spans": spans,
                "left_out": left_out,
                "sha256": made.sha256,
                "use": record.use,
                "id": record.id,
                "warnings": list(done.warnings),
            }
        )
    else:
        sound = "with sound" if made.has_sound else "without sound"
        print(f"Wrote {made.path}: {counted(made.frames, 'picture')}, {sound}.")
        for span in made.spans:
            print(f"Frames {span.first_frame} to {span.last_frame} of the camera.")
        if made.left_out:
            print(f"{counted(len(made.left_out), 'damaged frame')} could not be shown.")
        for warning in done.warnings:
            print(warning)
    if made.left_out:
        raise typer.Exit(1)
