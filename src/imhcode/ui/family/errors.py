"""What can go wrong in the window of the family."""

from imhcode.domain.errors import Trouble


class CertificateTrouble(Trouble):
    """Fields: ``path``, ``why``."""

    sentence = "The certificate could not be written to {path}: {why}."
    next_step = (
        "It is kept in the study too; choose another place, or look whether the disk is full."
    )
