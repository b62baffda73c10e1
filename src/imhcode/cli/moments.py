"""``imhcode moments``: moments of a session, and where to look for some."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from imhcode.cli.study_argument import AsJson, Study, counted, opened, print_json
from imhcode.domain.timecode import as_clock
from imhcode.settings import load

if TYPE_CHECKING:
    from imhcode.domain.moment import Moment
    from imhcode.services.review import FoundIn


def moments(
    study: Study,
    session: Annotated[str, typer.Option(metavar="ID", help="Which session.")],
    coder: Annotated[str, typer.Option(metavar="ID", help="Whose moments; else all.")] = "",
    from_query: Annotated[
        str,
        typer.Option(
            "--from-query",
            metavar="TEXT",
            help="Look for candidates in what was coded: bids-met, first-repair, attuned, or "
            "a line such as “dyad_state/attuned >8s”.",
        ),
    ] = "",
    viewer: Annotated[str, typer.Option(metavar="ID", help="Who looks, for a query.")] = "",
    as_json: AsJson = False,
) -> None:
    """List the moments of a session in their order, or candidates that a query finds.

    Private notes are never printed.
    """
    from imhcode.services import review  # noqa: PLC0415  (loads the database)

    with opened(study, writing=False) as service:
        if from_query:
            found = review.candidates_for(service, session, from_query, viewer or load().coder)
            _tell_candidates(found, as_json=as_json)
            return
        some = review.moments(service, session, coder)
    if as_json:
        print_json({"moments": [_plain(one) for one in some]})
        return
    for one in some:
        until = "" if one.offset_us is None else f"–{as_clock(one.offset_us)}"
        print(f"{as_clock(one.onset_us)}{until}  {one.title}  ({one.code_label}, {one.status})")
    print(f"{counted(len(some), 'moment')}.")


def _tell_candidates(found: "tuple[FoundIn, ...]", *, as_json: bool) -> None:
    if as_json:
        rows = [
            {
                "onset_us": one.candidate.onset_us,
                "offset_us": one.candidate.offset_us,
                "why": one.candidate.why,
                "event_ids": list(one.candidate.event_ids),
                "coder": one.entry.coder_id,
                "role": one.entry.role,
                "scheme": one.entry.scheme_id,
            }
            for one in found
        ]
        print_json({"candidates": rows})
        return
    for one in found:
        stretch = f"{as_clock(one.candidate.onset_us)}–{as_clock(one.candidate.offset_us)}"
        print(f"{stretch}  {one.candidate.why}")
    print(f"{counted(len(found), 'candidate')}.")


def _plain(one: "Moment") -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "title": one.title,
        "onset_us": one.onset_us,
        "offset_us": one.offset_us,
        "status": one.status,
        "goal": one.goal_id,
        "childs_words": one.childs_words,
        "question": one.question,
        "who": list(one.who),
        "place": one.place,
    }
