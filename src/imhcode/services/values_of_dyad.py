"""Values of one kind that one dyad has: its people, consents, goals, visits."""

from collections.abc import Callable
from typing import TypeVar

from imhcode.domain.consent import Consent
from imhcode.domain.family import Person
from imhcode.domain.goal import Goal, Strategy
from imhcode.domain.study import Dyad
from imhcode.domain.visit import Visit
from imhcode.services.coding import fresh_id
from imhcode.services.logged_values import LoggedValues
from imhcode.store.study_file import StudyFile

OfDyad = TypeVar("OfDyad", bound=Consent | Goal | Person | Strategy | Visit)


class ValuesOfDyad(LoggedValues[OfDyad]):
    """The values of one kind of one dyad; a class for each kind names it in ``of``.

    Parameters
    ----------
    file : StudyFile
        Open for writing.
    dyad_id : str
        One that the study has (`NoSuchEntry`).
    coder_id : str
        Who does it, for the log.
    """

    of: type[OfDyad]

    def __init__(
        self,
        file: StudyFile,
        dyad_id: str,
        coder_id: str,
        *,
        new_id: Callable[[], str] = fresh_id,
    ) -> None:
        file.get(Dyad, dyad_id)
        super().__init__(file, self.of, dyad_id, lambda one: one.dyad_id == dyad_id, coder_id)
        self._dyad_id = dyad_id
        self._new_id = new_id
