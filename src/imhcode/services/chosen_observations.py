"""Which observations of a study something is made from."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from imhcode.domain.study import ObservationEntry


def _seen(_: ObservationEntry) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenObservations:
    """What is chosen; empty for all.

    Attributes
    ----------
    sessions : collection of str
    coder_id, role, scheme_hash : str
    may_see : callable
        Says of an observation whether whoever asks may see it at all
        (`imhcode.services.blinding.Blinding.may_open`).
    """

    sessions: Collection[str] = ()
    coder_id: str = ""
    role: str = ""
    scheme_hash: str = ""
    may_see: Callable[[ObservationEntry], bool] = field(default=_seen, repr=False, compare=False)

    def takes(self, entry: ObservationEntry) -> bool:
        """Whether an observation is among them."""
        return (
            (not self.sessions or entry.session_id in self.sessions)
            and self.coder_id in ("", entry.coder_id)
            and self.role in ("", entry.role)
            and self.scheme_hash in ("", entry.scheme_hash)
            and self.may_see(entry)
        )

    def in_words(self) -> dict[str, str]:
        """What was chosen, for a manifest; only what is not all."""
        said = {
            "sessions": ", ".join(sorted(self.sessions)),
            "coder": self.coder_id,
            "role": self.role,
            "scheme": self.scheme_hash,
        }
        return {name: value for name, value in said.items() if value}


EVERY_OBSERVATION = ChosenObservations()
