"""What the rules of coding need to know of a session, gathered from what the study has of it."""

from collections.abc import Iterable, Sequence

from imhcode.domain.episode import Episode
from imhcode.domain.observation import Observation
from imhcode.domain.setting import Family, Setting
from imhcode.domain.study import Recording, Session, age_months_of


def setting_of(
    observation: Observation,
    session: Session,
    recordings: Sequence[Recording],
    episodes: Iterable[Episode],
    family: Family | None = None,
) -> Setting:
    """The setting of one observation.

    The coded range is what the observation says, else from the beginning of the first recording
    to the end of the last one; without recordings it begins at 0 and nothing says where it ends.
    The age is the corrected one where it is known.
    """
    from_us, until_us = observation.coded_from_us, observation.coded_until_us
    if from_us is None:
        from_us = min((one.offset_us for one in recordings), default=0)
    if until_us is None:
        until_us = max((one.offset_us + one.end_us for one in recordings), default=None)
    return Setting(
        age_months=age_months_of(session),
        episodes=tuple(episodes),
        coded_from_us=from_us,
        coded_until_us=until_us,
        family=family,
    )
