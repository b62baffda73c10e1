"""To which observation each row belongs: what the file says, else what the caller says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from imhcode.domain.errors import Refused
from imhcode.domain.observation import ROLES, Role
from imhcode.domain.scheme import Scheme
from imhcode.formats.finding import Finding
from imhcode.formats.incoming import IncomingEvent, IncomingRating
from imhcode.schemes.document import load_scheme
from imhcode.schemes.nearest import hint
from imhcode.schemes.shipped import shipped_schemes
from imhcode.services.fitting import Unfit
from imhcode.services.import_ground import ImportGround
from imhcode.services.studies import NoScheme

Row = TypeVar("Row", IncomingEvent, IncomingRating)


class NotSaid(Refused):
    """Something that neither the file nor the caller says."""

    sentence = "{path} does not say {what}."
    next_step = "Say it with --{flag}{known}, or add a column {column}."


@dataclass(frozen=True, slots=True)
class Target:
    """The observation that a row belongs to."""

    session_id: str
    coder_id: str
    role: Role
    scheme: Scheme = field(hash=False)


class Rows:
    """The rows of a file, each given to the observation it belongs to.

    Attributes
    ----------
    shipped : list of Scheme
        Those that rows name, that come with the program and are not in the study yet.
    """

    def __init__(
        self,
        study: ImportGround,
        file: Path,
        events: Sequence[IncomingEvent],
        ratings: Sequence[IncomingRating] = (),
        *,
        session: str,
        coder: str,
        role: str,
        scheme: Scheme | None,
        modifiers: Iterable[str] = (),
    ) -> None:
        self._file, self._rows, self._ratings = file, events, ratings
        self._study = study
        self._session, self._coder, self._role = session, coder, role
        self._schemes: dict[tuple[str, str, str], Scheme | Unfit] = {}
        self._scheme = scheme
        self.findings: list[Finding] = []
        self.shipped: list[Scheme] = []
        known = {one.id for each in study.schemes().values() for one in each.modifiers}
        self.unknown_modifiers = frozenset(modifiers) - known
        for name in sorted(self.unknown_modifiers):
            said = f"no scheme of the study has a modifier “{name}”; the column was ignored"
            self.findings.append(Finding("warning", "unknown-column", 1, said))

    def by_target(self) -> dict[Target, list[IncomingEvent]]:
        """The rows of each observation; rows that belong nowhere are among the findings."""
        self._refuse_silence()
        return self._shared_out(self._rows)

    def ratings_by_target(self) -> dict[Target, list[IncomingRating]]:
        """The same for ratings."""
        return self._shared_out(self._ratings)

    def _shared_out(self, rows: Iterable[Row]) -> dict[Target, list[Row]]:
        targets: dict[Target, list[Row]] = {}
        homeless: dict[Unfit, list[Row]] = {}
        for row in rows:
            try:
                targets.setdefault(self._target(row), []).append(row)
            except Unfit as why:
                homeless.setdefault(why, []).append(row)
        for unfit, some in homeless.items():
            said = unfit.message if len(some) == 1 else f"{unfit.message} ({len(some)} rows)"
            self.findings.append(Finding("error", unfit.rule, some[0].line, said))
        return targets

    def _refuse_silence(self) -> None:
        """Refuse a file in which no row says who coded what, when nobody else did."""
        rows: list[IncomingEvent | IncomingRating] = [*self._rows, *self._ratings]
        study = self._study
        if not rows:
            return
        if not self._session and not any(row.session.id for row in rows):
            what, known = "which session it is of", [one.session.id for one in study.sessions()]
            raise NotSaid(
                path=self._file, what=what, flag="session", known=_of(known), column="session_id"
            )
        if not self._coder and not any(row.coder_id for row in rows):
            raise NotSaid(
                path=self._file, what="who coded it", flag="coder", known="", column="coder_id"
            )
        if self._scheme is None and not any(row.scheme_id or row.scheme_hash for row in rows):
            known = sorted(f"{one.id}@{one.version}" for one in study.schemes().values())
            if not known:
                raise NoScheme(path=study.path)
            if len(known) > 1:
                what = "by which scheme it was coded"
                raise NotSaid(
                    path=self._file, what=what, flag="scheme", known=_of(known), column="scheme_id"
                )

    def _target(self, row: IncomingEvent | IncomingRating) -> Target:
        session_id = row.session.id or self._session
        coder_id = row.coder_id or self._coder
        if not session_id:
            raise Unfit("no-session", "this row names no session")
        if not coder_id:
            raise Unfit("no-coder", "this row does not say who coded it")
        said = row.role or self._role or "primary"
        role = next((one for one in ROLES if one == said), None)
        if role is None:
            raise Unfit("unknown-role", f"“{said}” is not a role{hint(said, ROLES)}")
        return Target(session_id, coder_id, role, self._scheme_of(row))

    def _scheme_of(self, row: IncomingEvent | IncomingRating) -> Scheme:
        said = (row.scheme_id, row.scheme_version, row.scheme_hash)
        if said not in self._schemes:
            try:
                self._schemes[said] = self._found_scheme(row)
            except Refused as refusal:
                why = refusal.text().rstrip(".")
                way = (
                    "Add it to the study (imhcode scheme add) and import again, or let a new one "
                    "be made of the words of the file (--new-scheme)"
                )
                self._schemes[said] = Unfit("unknown-scheme", f"{why}. {way}")
        found = self._schemes[said]
        if isinstance(found, Unfit):
            raise found.with_traceback(None)  # it would grow with every row
        return found

    def _found_scheme(self, row: IncomingEvent | IncomingRating) -> Scheme:
        schemes = self._study.schemes()
        if row.scheme_hash in schemes:
            return schemes[row.scheme_hash]
        if not row.scheme_id:
            if self._scheme is None and len(schemes) > 1:
                raise Unfit("no-scheme", "this row does not say by which scheme it was coded")
            return self._scheme or self._study.scheme()
        name = f"{row.scheme_id}@{row.scheme_version}" if row.scheme_version else row.scheme_id
        if not any(one.id == row.scheme_id for one in schemes.values()):
            shipped = _shipped(row)
            if shipped is not None:
                self.shipped.append(shipped)
                said = f"{shipped.id}@{shipped.version} comes with the program and joins the study"
                self.findings.append(Finding("warning", "scheme-added", row.line, said))
                return shipped
        found = self._study.scheme(name)
        if row.scheme_hash:
            text = f"{name} in this study differs in its text from the one that was coded with"
            self.findings.append(Finding("warning", "other-scheme", row.line, text))
        return found


def _shipped(row: IncomingEvent | IncomingRating) -> Scheme | None:
    """The scheme of the program that a row means: the same text, or the same version at least."""
    path = shipped_schemes().get(row.scheme_id)
    if path is None:
        return None
    scheme = load_scheme(path)
    same = row.scheme_hash == scheme.content_hash if row.scheme_hash else True
    return scheme if same and row.scheme_version in ("", scheme.version) else None


def _of(known: list[str]) -> str:
    return f" ({', '.join(known)})" if known else ""
