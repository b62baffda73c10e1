"""An observation of a study with what its checks need to know of the session."""

from imhcode.domain.checks.scene import Scene
from imhcode.domain.observation import Observation
from imhcode.services.family import family_of
from imhcode.services.session_setting import setting_of
from imhcode.services.studies import SessionEntry, StudyService


def scene_of(study: StudyService, observation: Observation, session: SessionEntry) -> Scene:
    """The scene of one observation; an open one has its own setting (`CodingService.setting`)."""
    episodes = study.file.episodes_of(session.session.id)
    family = family_of(study.file, session.session, observation.scheme)
    setting = setting_of(observation, session.session, session.recordings, episodes, family=family)
    return Scene(observation, setting)
