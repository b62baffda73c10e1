"""What the study remembers of a clip that has left it: enough to find it again and call it back."""

from dataclasses import dataclass
from typing import Literal

from imhcode.domain.consent import Use

Muted = Literal["none", "all", "stretches"]
Stretch = tuple[int, int]  #: half-open, µs on the session clock


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipRecord:
    """One clip that was exported.

    Attributes
    ----------
    file_name : str
        Without folders: where somebody keeps it is theirs to know.
    sha256 : str
        Of the clip's file.
    stretches_us : tuple of (int, int)
        What of the session is in it, half-open, in the order in which it is shown.
    moment_ids : tuple of str
        Ids of the moments' events; empty for a bare stretch.
    people, masked : tuple of str
        Ids of those who can be seen, and of those who are covered in the picture.
    muted, muted_us : str, tuple of (int, int)
        Whether sound is there, and where it is not.
    made_on, made_by : str
        ISO date and coder.
    gone_on : str
        ISO date on which every copy was said to be destroyed; empty if nobody has said so.
    """

    id: str
    file_name: str
    sha256: str
    session_id: str
    dyad_id: str = ""
    recording_ids: tuple[str, ...] = ()
    stretches_us: tuple[Stretch, ...] = ()
    moment_ids: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()
    muted: Muted = "none"
    muted_us: tuple[Stretch, ...] = ()
    use: Use = "treatment"
    made_on: str = ""
    made_by: str = ""
    gone_on: str = ""
