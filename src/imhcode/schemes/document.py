"""From a file to a scheme: read, check everything, and only then build.

The document that is kept is the author's own, with nothing filled in; see
:mod:`imhcode.schemes.canonical` for why.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from imhcode.domain.scheme import Scheme
from imhcode.schemes.building import scheme_from_document
from imhcode.schemes.errors import SchemeRefused
from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index
from imhcode.schemes.place import Place, name_of, where_of
from imhcode.schemes.rules.answers import answers
from imhcode.schemes.rules.checks import checks
from imhcode.schemes.rules.derived_tracks import derived_tracks
from imhcode.schemes.rules.forms import forms
from imhcode.schemes.rules.identities import identities
from imhcode.schemes.rules.keys import keys
from imhcode.schemes.rules.lanes import lanes
from imhcode.schemes.rules.limits import limits
from imhcode.schemes.rules.measures import measures
from imhcode.schemes.rules.parameters import parameters
from imhcode.schemes.rules.procedure import procedure
from imhcode.schemes.rules.ratings import ratings
from imhcode.schemes.rules.references import references
from imhcode.schemes.rules.translations import translations
from imhcode.schemes.shape import shape_findings
from imhcode.schemes.source import Source, read_source

RULES = (
    identities,
    keys,
    lanes,
    limits,
    answers,
    references,
    procedure,
    ratings,
    derived_tracks,
    measures,
    checks,
    forms,
    parameters,
    translations,
)
#: told once the rest is right: a misspelt name makes what it meant look unused
UNUSED = ("coded-never", "taken-never")
FIRST_SHOWN = 5  #: findings named in a refusal; `scheme check` names them all


def read_document(path: Path) -> tuple[Mapping[str, Any] | None, list[Finding]]:
    """Read a scheme document and find everything that is wrong with it.

    Returns
    -------
    document : Mapping or None
        Plain values; ``None`` if there is any error among the findings.
    findings : list of Finding
        Sorted by line.

    Raises
    ------
    SchemeFileUnreadable
        The file is not there or cannot be read.
    """
    source = read_source(path)
    findings = findings_in(source)
    if any(finding.severity == "error" for finding in findings):
        return None, findings
    return source.plain, findings


def load_scheme(path: Path) -> Scheme:
    """The scheme in a file.

    Raises
    ------
    SchemeRefused
        The document has errors; the first are in the sentence.
    SchemeFileUnreadable
        The file is not there or cannot be read.
    """
    document, findings = read_document(path)
    if document is None:
        errors = [finding for finding in findings if finding.severity == "error"]
        lines = [finding.at(path.name) for finding in errors[:FIRST_SHOWN]]
        if len(errors) > FIRST_SHOWN:
            lines.append(f"… and {len(errors) - FIRST_SHOWN} more")
        raise SchemeRefused(name=path.name, problems="\n".join(lines))
    return scheme_from_document(document)


def findings_in(source: Source) -> list[Finding]:
    """Everything that is wrong, or unwise, in a document as written; sorted by line."""
    found = []
    for fault in source.faults:
        message = fault.message.replace("{place}", name_of(source, fault.steps))
        where = where_of(source, fault.steps)
        found.append(Finding("error", fault.rule, where, fault.line, message))
    if isinstance(source.plain, Mapping):
        index = Index.of(Place.top(source))
        told = {finding.where for finding in found if finding.rule in ("alias", "tag")}
        later = [*shape_findings(source), *(one for rule in RULES for one in rule(index))]
        found += [finding for finding in later if finding.where not in told]
        if any(finding.severity == "error" for finding in found):
            found = [finding for finding in found if finding.rule not in UNUSED]
    elif source.plain is not None or not found:
        message = "a scheme begins with fields such as imhcode_scheme, id and tracks"
        found.append(Finding("error", "wrong-sort", "", source.line(()), message))
    return sorted(found, key=lambda finding: finding.line)
