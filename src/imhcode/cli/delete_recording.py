"""``imhcode delete-recording``: a recording is destroyed for good, with a certificate."""

from pathlib import Path
from typing import Annotated

import typer

from imhcode.cli.study_argument import AsJson, Study, opened, print_json
from imhcode.settings import load


def delete_recording(
    study: Study,
    recording: Annotated[str, typer.Argument(metavar="RECORDING", help="Its id.")],
    really: Annotated[bool, typer.Option("--really", help="Destroy it; else only tell.")] = False,
    without_coding: Annotated[
        bool, typer.Option("--without-coding", help="The session's coding goes too.")
    ] = False,
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the certificate to a new file.")
    ] = None,
    by: Annotated[str, typer.Option(metavar="ID", help="Who does it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Destroy a recording and what was worked out from it; say what went and what stayed.

    Without --really it only says what it would do.
    """
    from imhcode.cli.errors import FileIsThere  # noqa: PLC0415
    from imhcode.services.deleting import delete_recording as destroy  # noqa: PLC0415
    from imhcode.services.deleting import planned  # noqa: PLC0415  (loads the database)

    if to is not None and to.exists():
        raise FileIsThere(path=to)
    with opened(study, writing=really) as service:
        if not really:
            plan = planned(service, recording)
            would = [str(one) for one in (*plan.originals, *plan.derived)]
            clips = [one.file_name for one in plan.clips]
            if as_json:
                told = {"would_destroy": would, "left": list(plan.left), "clips": clips}
                print_json({"done": False, **told})
                return
            print("Nothing was destroyed. With --really these would be, for good:")
            for name in would or ["nothing: the recording's file is not there any more"]:
                print(f"  {name}")
            for name in (*plan.left, *(f"the clip {one}" for one in clips)):
                print(f"Not touched: {name}")
            return
        done = destroy(
            service, recording, by or load().coder, keep_coding=not without_coding, really=True
        )
    if to is not None:
        to.write_text(done.certificate, encoding="utf-8")
    if as_json:
        print_json({"done": True, "files": list(done.files), "certificate": done.certificate})
        return
    print(done.certificate, end="")
