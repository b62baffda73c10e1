"""``imhcode info``: what a study holds."""

from imhcode.cli.study_argument import AsJson, Study, counted, opened, print_json
from imhcode.domain.timecode import US_PER_S, as_decimal


def info(study: Study, as_json: AsJson = False) -> None:
    """Say which sessions, recordings and observations a study holds."""
    with opened(study, writing=False) as service:
        sessions = [
            {
                "id": entry.session.id,
                "dyad": entry.session.dyad_id,
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
            print(f"\nSession {entry.session.id}{dyad}")
            for recording in entry.recordings:
                offset = as_decimal(recording.offset_us, US_PER_S)
                frames = counted(recording.frames, "frame")
                print(f"  recording {recording.path}: {frames}, begins at {offset} s")
            for one in entry.observations:
                scheme_name = f"{one.scheme_id} {one.scheme_version}"
                events = counted(one.n_events, "event")
                print(f"  observation by {one.coder_id} ({one.role}, {scheme_name}): {events}")
