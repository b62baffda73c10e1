"""``imhcode info``: what a study holds."""

from typing import TYPE_CHECKING

from imhcode.cli.study_argument import AsJson, Study, counted, opened, print_json
from imhcode.domain.timecode import US_PER_S, as_decimal

if TYPE_CHECKING:  # the domain loads numpy
    from imhcode.domain.study import Session


def info(study: Study, as_json: AsJson = False) -> None:
    """Say which sessions, recordings and observations a study holds."""
    with opened(study, writing=False) as service:
        sessions = [
            {
                "id": entry.session.id,
                "dyad": entry.session.dyad_id,
                "visit": entry.session.visit,
                "date": entry.session.date,
                "age_months": entry.session.child_age_months,
                "corrected_age_months": entry.session.child_age_corrected_months,
                "episodes": [
                    {
                        "kind": one.kind,
                        "label": one.label,
                        "onset_us": one.onset_us,
                        "offset_us": one.offset_us,
                        "end_reason": one.end_reason,
                        "excluded": one.excluded,
                    }
                    for one in service.file.episodes_of(entry.session.id)
                ],
                "recordings": [
                    {
                        "path": str(service.path_of(one)),
                        "offset_us": one.offset_us,
                        "frames": one.frames,
                        "id": one.id,
                    }
                    for one in entry.recordings
                ],
                "observations": [
                    {
                        "coder": one.coder_id,
                        "role": one.role,
                        "scheme": one.scheme_id,
                        "version": one.scheme_version,
                        "events": one.n_events,
                        "ratings": len(service.file.ratings_of(one.id)),
                        "status": one.status,
                    }
                    for one in entry.observations
                ],
            }
            for entry in service.sessions()
        ]
        if as_json:
            print_json({"sessions": sessions})
            return
        for scheme in service.schemes().values():
            print(f"Scheme {scheme.id} {scheme.version}: {scheme.title}")
        print(counted(len(sessions), "session"))
        for entry in service.sessions():
            dyad = f" of dyad {entry.session.dyad_id}" if entry.session.dyad_id else ""
            print(f"\nSession {entry.session.id}{dyad}{_known_of(entry.session)}")
            episodes = service.file.episodes_of(entry.session.id)
            if episodes:
                kinds = ", ".join(one.label or one.kind for one in episodes)
                print(f"  {counted(len(episodes), 'episode')}: {kinds}")
            for recording in entry.recordings:
                offset = as_decimal(recording.offset_us, US_PER_S)
                frames = counted(recording.frames, "frame")
                print(f"  recording {recording.path}: {frames}, begins at {offset} s")
            for one in entry.observations:
                scheme_name = f"{one.scheme_id} {one.scheme_version}"
                held = counted(one.n_events, "event")
                ratings = len(service.file.ratings_of(one.id))
                if ratings:
                    held += f", {counted(ratings, 'rating')}"
                print(
                    f"  observation by {one.coder_id} ({one.role}, {one.status}, {scheme_name}): "
                    f"{held}"
                )


def _known_of(session: "Session") -> str:
    """Visit, date and age, as far as they are known."""
    known = [f"visit {session.visit}"] if session.visit else []
    known += [session.date] if session.date else []
    if session.child_age_months is not None:
        known.append(f"{session.child_age_months:g} months")
    if session.child_age_corrected_months is not None:
        known.append(f"{session.child_age_corrected_months:g} months corrected")
    return f" ({', '.join(known)})" if known else ""
