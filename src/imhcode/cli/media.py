"""``imhcode media``: look at a recording from the command line."""

import json
from dataclasses import asdict
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Annotated

import typer

from imhcode.cli.progress import progress

app = typer.Typer(
    name="media", help="Look at a recording: its facts, frames and times.", no_args_is_help=True
)

_FAR_US = 10**15  # 31 years: a time beyond it is a slip, and out of range in any recording

RecordingFile = Annotated[Path, typer.Argument(metavar="FILE", help="The recording.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


def _microseconds(seconds: str) -> int:
    """Read seconds as a decimal number and round to whole microseconds, halves away from 0."""
    try:
        with localcontext(prec=60):
            time_us = (Decimal(seconds.strip()) * 1_000_000).to_integral_value("ROUND_HALF_UP")
            if abs(time_us) <= _FAR_US:
                return int(time_us)
    except ArithmeticError:
        pass
    raise typer.BadParameter(f"{seconds!r} is not a time in seconds such as 12.48.")


@app.command()
def probe(file: RecordingFile, as_json: AsJson = False) -> None:
    """Say how many frames a recording has, when, how large, which way up, with what sound."""
    from imhcode.media.source import open_source  # noqa: PLC0415  (PyAV is loaded when needed)

    source = open_source(file)
    source.close()
    facts = source.probe
    if as_json:
        print(json.dumps(asdict(facts)))
        return
    kind = "variable" if facts.variable_frame_rate else "constant"
    print(f"frames    {facts.frames}, {kind} rate")
    print(f"times     {_seconds(facts.first_us)} to {_seconds(facts.last_us)} s")
    print(f"picture   {facts.width} x {facts.height}, turned {facts.rotation_deg}° clockwise")
    audio = facts.audio
    print("sound     " + (f"{audio.rate_hz} Hz, {audio.channels} channels" if audio else "none"))


@app.command()
def frame(
    file: RecordingFile,
    to: Annotated[Path, typer.Option("--to", metavar="PNG", help="Where to write it.")],
    number: Annotated[
        int | None, typer.Option("--frame", metavar="N", help="Frame number, from 0.")
    ] = None,
    at_us: Annotated[
        int | None,
        typer.Option("--at", metavar="S", parser=_microseconds, help="Time in seconds."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write one frame, upright and full size, as a PNG file."""
    if (number is None) == (at_us is None):
        raise typer.BadParameter("Give either --frame N or --at S.")
    from imhcode.media.png import write_png  # noqa: PLC0415
    from imhcode.media.source import open_source  # noqa: PLC0415

    source = open_source(file)
    try:
        chosen = source.frame_times.frame_at(at_us) if at_us is not None else number or 0
        picture = source.picture(chosen)
    finally:
        source.close()
    write_png(picture, to)
    if as_json:
        print(json.dumps({"frame": picture.frame, "time_us": picture.time_us}))
    else:
        print(f"frame {picture.frame}, {_seconds(picture.time_us)} s, written to {to}")


@app.command()
def times(file: RecordingFile, as_json: AsJson = False) -> None:
    """Print the time of every frame, in microseconds on the recording's own clock."""
    from imhcode.media.source import open_source  # noqa: PLC0415

    source = open_source(file)
    source.close()
    times_us = source.frame_times.times_us.tolist()
    if as_json:
        print(json.dumps({"times_us": times_us}))
    else:
        print("\n".join(f"{number}\t{time_us}" for number, time_us in enumerate(times_us)))


@app.command()
def verify(file: RecordingFile, as_json: AsJson = False) -> None:
    """Decode every frame and compare its time with the index; exit 1 if anything is wrong."""
    from imhcode.media.verification import verify as verify_recording  # noqa: PLC0415

    found = verify_recording(file)
    if as_json:
        print(json.dumps(asdict(found)))
    else:
        print(f"{found.frames} frames decoded")
        for wrong in found.mismatches:
            print(
                f"frame {wrong.frame}: {_seconds(wrong.index_us)} s in the index, "
                f"{_seconds(wrong.decoded_us)} s when decoded"
            )
        for stretch in found.damaged:
            print(f"damaged from {_seconds(stretch.from_us)} to {_seconds(stretch.to_us)} s")
        if found.is_clean:
            print("every frame is where the index says")
    if not found.is_clean:
        raise typer.Exit(1)


@app.command()
def convert(
    file: RecordingFile,
    to: Annotated[
        Path, typer.Option("--to", metavar="FILE", help="The copy, a new file ending with .mp4.")
    ],
    as_json: AsJson = False,
) -> None:
    """Write a copy in which every jump is quick: same pictures, same times, original untouched.

    For recordings that are slow to move about in.  Exit status 1 if damaged frames are missing
    from the copy.
    """
    from imhcode.media.conversion import convert as convert_recording  # noqa: PLC0415
    from imhcode.media.fingerprint import fingerprint  # noqa: PLC0415

    with progress(f"Copying {file.name}") as on_progress:
        made = convert_recording(file, to, on_progress=on_progress)
    if as_json:
        facts = asdict(made) | {"path": str(made.path), "sha256": fingerprint(made.path)}
        print(json.dumps(facts))
    else:
        sound = " and ".join(made.sound) if made.sound else "none"
        print(f"{made.frames} frames written to {to}, all at their times; sound: {sound}")
        if made.left_out:
            print(f"{len(made.left_out)} damaged frames are not in it, from {made.left_out[0]} on")
    if made.left_out:
        raise typer.Exit(1)


def _seconds(time_us: int) -> str:
    return f"{time_us // 1_000_000}.{time_us % 1_000_000:06d}"
