"""The page of a certificate: what was reached, with what, until when, and what it does not say."""

from imhcode.domain.certificate import Certificate
from imhcode.reports.pages import page_of, words


def certificate_page(certificate: Certificate, study_id: str) -> str:
    """The certificate as one HTML page, without anything outside it."""
    tracks = ", ".join(words(one) for one in certificate.tracks)
    facts = [
        ("Scheme", f"{certificate.scheme_title} ({certificate.scheme_id})"),
        ("Version", f"{certificate.scheme_version}, {certificate.scheme_hash[:16]}"),
        ("Practice set", certificate.practice_set),
        ("Criterion", _criterion(certificate)),
        ("Tracks", tracks or "every track on which the index is defined"),
        ("Issued", certificate.issued),
        ("Valid until", certificate.expires or "without end"),
        ("Recheck from", certificate.recheck or "none planned"),
        ("Certificate", f"{certificate.id}, study {study_id[:12]}"),
    ]
    return page_of(
        "certificate.html",
        certificate=certificate,
        facts=[(title, text) for title, text in facts if text],
        critical=[words(one.replace("/", ": ")) for one in certificate.critical],
    )


def _criterion(certificate: Certificate) -> str:
    said = f"{words(certificate.index)} of at least {certificate.threshold:g} against the gold "
    if certificate.consecutive == 1:
        return f"{said}standard in one session"
    return f"{said}standard in {certificate.consecutive} sessions in a row"
