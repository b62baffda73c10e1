"""Whose numbers they are: the cells that every row of a table of measures begins with."""

from dataclasses import dataclass

from imhcode.formats.tables.table_file import Value

ABOUT = ("session_id", "dyad_id", "coder_id", "coding_role", "scheme_id", "scheme_version")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """One observation, or a dyad over several of its sessions.

    Attributes
    ----------
    session_id : str
        Empty for what is about several sessions.
    params_hash : str
        Of the parameters that the numbers were computed with.
    """

    session_id: str
    dyad_id: str
    coder_id: str
    coding_role: str
    scheme_id: str
    scheme_version: str
    params_hash: str

    @property
    def cells(self) -> list[Value]:
        """In the order of ``ABOUT``."""
        return [getattr(self, name) for name in ABOUT]
