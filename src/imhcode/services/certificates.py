"""Certificates: who reached which criterion in which version of a scheme, until when."""

import calendar
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imhcode.domain.certificate import Certificate, State
from imhcode.domain.errors import Refused
from imhcode.reports.certificate import certificate_page
from imhcode.reports.errors import NotAPage, PageNotWritten
from imhcode.services.coding import fresh_id
from imhcode.services.practice_sets import PracticeSet, practice_set
from imhcode.services.studies import StudyService
from imhcode.services.training import progress_of
from imhcode.store.study_file import StudyFile

if TYPE_CHECKING:
    from imhcode.reports.pdf import Paper

_NOTE = "certificates"


class CriterionNotReached(Refused):
    """Fields: ``coder``, ``name``, ``run``, ``wanted``."""

    sentence = "{coder} has not reached the criterion of “{name}”: {run} of {wanted} in a row."


class NoCertificate(Refused):
    """Fields: ``coder``."""

    sentence = "{coder} has no certificate in this study."
    next_step = "One is issued when the criterion of a practice set is reached."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """Somebody whose certificate wants looking at."""

    certificate: Certificate
    state: State
    due: str


def certificates(file: StudyFile, coder_id: str = "") -> tuple[Certificate, ...]:
    """Every certificate, or one coder's, oldest first."""
    text = file.note(_NOTE)
    every = [_certificate_of(one) for one in json.loads(text)] if text else []
    return tuple(one for one in every if coder_id in ("", one.coder_id))


def certify(
    study: StudyService, set_name: str, coder_id: str, *, today: date | None = None
) -> Certificate:
    """Issue a certificate to somebody who has reached the criterion of a practice set.

    One that was issued for the same run is given again, as it was.

    Raises
    ------
    NoSuchSet, CriterionNotReached
        As their sentences say; nothing was issued.
    """
    of = practice_set(study.file, set_name)
    where = progress_of(study, of, coder_id)
    if not where.is_met:
        wanted = of.criterion.consecutive
        raise CriterionNotReached(coder=coder_id, name=of.name, run=where.run, wanted=wanted)
    run = tuple((one.attempt.session_id, float(one.lowest or 0)) for one in where.met_by)
    there = certificates(study.file)
    for one in there:
        if (one.coder_id, one.practice_set) == (coder_id, of.name):
            return one
    day = today or date.today()  # noqa: DTZ011  (the day on the wall, where the person is)
    new = _issued(study, of, coder_id, run, day)
    study.file.remember(_NOTE, json.dumps([asdict(one) for one in (*there, new)]))
    return new


def _issued(
    study: StudyService,
    of: PracticeSet,
    coder_id: str,
    run: tuple[tuple[str, float], ...],
    day: date,
) -> Certificate:
    return Certificate(
        id=fresh_id()[:12],
        coder_id=coder_id,
        practice_set=of.name,
        scheme_id=of.scheme_id,
        scheme_version=of.scheme_version,
        scheme_hash=of.scheme_hash,
        scheme_title=study.schemes()[of.scheme_hash].title,
        index=of.criterion.index,
        threshold=of.criterion.threshold,
        consecutive=of.criterion.consecutive,
        tracks=of.criterion.tracks,
        critical=of.criterion.critical,
        sessions=run,
        issued=day.isoformat(),
        expires=_months_after(day, of.valid_months),
        recheck=_months_after(day, of.recheck_months),
    )


def reminders(study: StudyService, today: date | None = None) -> tuple[Reminder, ...]:
    """Whose newest certificate is due for a recheck or has expired, the longest due first."""
    day = today or date.today()  # noqa: DTZ011
    newest = {(one.coder_id, one.scheme_hash): one for one in certificates(study.file)}
    found = []
    for one in newest.values():
        state = one.state(day)
        if state != "valid":
            due = one.recheck if state == "recheck due" else one.expires
            found.append(Reminder(certificate=one, state=state, due=due))
    return tuple(sorted(found, key=lambda one: (one.due, one.certificate.coder_id)))


def write_certificate(
    study: StudyService, coder_id: str, path: Path, *, paper: "Paper" = "A4"
) -> Certificate:
    """Write somebody's newest certificate to a file ending with ``.html`` or ``.pdf``.

    Raises
    ------
    NoCertificate, NotAPage
        As their sentences say.
    PageNotWritten
        The disk would not; what was there is still there.
    """
    found = certificates(study.file, coder_id)
    if not found:
        raise NoCertificate(coder=coder_id)
    newest = found[-1]
    ending = path.suffix.lower()
    if ending not in (".html", ".htm", ".pdf"):
        raise NotAPage(path=path)
    page = certificate_page(newest, study.study_id)
    _write(path, _pdf(page, paper) if ending == ".pdf" else page.encode())
    return newest


def _pdf(page: str, paper: "Paper") -> bytes:
    from imhcode.reports.pdf import pdf_of  # noqa: PLC0415  (loads Qt)

    return pdf_of(page, title="Certificate", paper=paper)


def _write(path: Path, content: bytes) -> None:
    half = path.with_name(f"{path.name}.part")
    try:
        half.write_bytes(content)
        half.replace(path)
    except OSError as failure:
        with suppress(OSError):
            half.unlink()
        raise PageNotWritten(path=path, why=failure.strerror or failure) from failure


def _months_after(day: date, months: int) -> str:
    """The same day so many months later, or the last one of a shorter month; empty for none."""
    if not months:
        return ""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return day.replace(year=day.year + years, month=month + 1, day=min(day.day, last)).isoformat()


def _certificate_of(plain: Mapping[str, Any]) -> Certificate:
    given = dict(plain)
    given["tracks"], given["critical"] = tuple(given["tracks"]), tuple(given["critical"])
    given["sessions"] = tuple((session, value) for session, value in given["sessions"])
    return Certificate(**given)
