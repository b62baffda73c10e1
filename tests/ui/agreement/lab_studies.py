"""Studies of a lab: two or three who coded the same session blind, and two who rated three."""

from pathlib import Path

from imhcode.domain.event import Stamp
from imhcode.domain.keys import CodeKey
from imhcode.domain.study import Coder
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services import submitting
from imhcode.services.importing import import_file
from imhcode.services.samples import sample_folder
from imhcode.services.studies import StudyService

#: what anna and ben gave on two scales of three sessions; None: no score
SCORES = {
    "sensitivity": {"S01": (4, 5), "S02": (2, 2), "S03": (1, 3)},
    "warmth": {"S01": (3, 3), "S02": (5, 4), "S03": (2, None)},
}


def coded_blind(demo: Path, name: str, *, coders: tuple[str, ...] = ("anna", "ben")) -> Path:
    """A study beside the demo's recordings: its two records, as of people who coded blind.

    The first coder's is the true timeline, every further one's that of the trainee.
    """
    path = demo.with_name(name)
    samples = sample_folder()
    with StudyService.create(path, [load_scheme(find_scheme("abr"))]) as study:
        study.add_recording(demo.with_name("two_shot.mp4"), "S01", dyad_id="D01")
        for place, coder in enumerate(coders):
            role = "primary" if place == 0 else "reliability"
            record = "gold_events.csv" if place == 0 else "trainee_events.csv"
            import_file(study, samples / record, coder=coder, role=role, session="S01")
            coding = study.coding("S01", coder, role=role)
            submitting.submit(study.file, coding, coder)
    return path


def measured_twice(demo: Path, name: str) -> Path:
    """A study of three sessions of the demo's video; only in the first do anna and ben differ."""
    path = demo.with_name(name)
    samples = sample_folder()
    gold, trainee = (samples / f"{one}_events.csv" for one in ("gold", "trainee"))
    records = {"S01": (gold, trainee), "S02": (gold, gold), "S03": (trainee, trainee)}
    with StudyService.create(path, [load_scheme(find_scheme("abr"))]) as study:
        for session, both in records.items():
            study.add_recording(demo.with_name("two_shot.mp4"), session, dyad_id=f"D{session[1:]}")
            for coder, role, record in zip(
                ("anna", "ben"), ("primary", "reliability"), both, strict=True
            ):
                copied = path.with_name(f"{path.stem}_{session}_{coder}.csv")
                copied.write_text(record.read_text("utf-8").replace("\nS01,", f"\n{session},"))
                import_file(study, copied, coder=coder, role=role, session=session)
                submitting.submit(study.file, study.coding(session, coder, role=role), coder)
    return path


def rated_twice(folder: Path, video: Path) -> Path:
    """Three sessions that anna and ben have rated on two scales; one mark is their evidence."""
    path = folder / "rated.imh"
    with StudyService.create(path, [load_scheme(find_scheme("global_ratings"))]) as study:
        for session in ("S01", "S02", "S03"):
            study.add_recording(video, session, dyad_id=f"D{session[1:]}")
            for place, coder in enumerate(("anna", "ben")):
                coding = study.coding(session, coder, role=("primary", "reliability")[place])
                track = coding.observation.scheme.track("evidence")
                at = Stamp(800_000 + 400_000 * place, 20 + 10 * place)
                coding.press(CodeKey(track, track.code("supports")), at)
                (mark,) = coding.observation.timeline
                for scale, given in SCORES.items():
                    value = given[session][place]
                    if value is not None:
                        coding.rate(
                            scale,
                            value=value,
                            confidence="medium",
                            evidence=[mark.id],
                            comment=f"{coder} on {scale}",
                        )
    return path


def with_people(path: Path, **roles: str) -> None:
    """Say who is a coder, a trainer, an investigator."""
    with StudyService.open(path) as study:
        known = {one.id: one for one in study.file.all(Coder)}
        for name, role in roles.items():
            coder = Coder(id=name, role=role)
            study.file.change(coder) if name in known else study.file.add(coder)
