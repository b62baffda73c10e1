"""From two submitted observations to a third on a real study file; the two stay as they are."""

import pytest

from blind_coders import SESSION, entry_of, hand_in, new_study, what_is_said
from imhcode.analysis.reconciling import CannotDecideSo, Third
from imhcode.services.agreement import agreement
from imhcode.services.checking import check
from imhcode.services.coding import ObservationIsClosed
from imhcode.services.consensus import (
    ConsensusService,
    NoSuchDisagreement,
    NotAllDecided,
    NotAPair,
    OtherPair,
    StillADraft,
)
from imhcode.services.history import NothingToUndo
from imhcode.services.importing import import_file
from imhcode.services.samples import sample_folder
from imhcode.services.studies import StudyService


@pytest.fixture
def study(tmp_path):
    with new_study(tmp_path / "study.imh") as made:
        yield made


@pytest.fixture
def pair(study):
    return hand_in(study, "gold", "anna", "primary"), hand_in(
        study, "trainee", "ben", "reliability"
    )


@pytest.fixture
def talk(study, pair):
    return ConsensusService.begin(study, *pair, "cara")


def logged(study, entry):
    return list(study.file.log_of(entry.id).entries())


def test_a_consensus_begins_as_what_the_first_coder_said(study, pair, talk):
    assert talk.coding.observation.role == "consensus"
    assert talk.coding.observation.coder_id == "cara"
    assert talk.coding.observation.timeline == study.observation(pair[0]).timeline
    assert len(talk.left) == len(talk.disagreements) == 39  # as sample_videos/differences.csv
    weights = [one.weight for one in talk.disagreements]
    assert weights == sorted(weights, reverse=True)


def test_theirs_everywhere_is_the_second_coder_and_each_decision_one_line(study, pair, talk):
    before = [logged(study, one) for one in pair]
    rows = agreement(study).comparisons[0].rows
    while (one := talk.next_left()) is not None:
        talk.decide(one.key, "theirs", f"about {one.kind}")
    assert what_is_said(talk.coding.observation) == what_is_said(study.observation(pair[1]))
    saved = study.observation(entry_of(study, "cara", "consensus"))
    assert saved.timeline == talk.coding.observation.timeline
    lines = logged(study, entry_of(study, "cara", "consensus"))
    assert len(lines) == 1 + 39
    assert not [one for one in check(study) if one.severity == "error"]
    assert {line.edit.gesture for line in lines} == {"consensus"}
    assert [logged(study, one) for one in pair] == before
    assert agreement(study).comparisons[0].rows == rows  # on the originals, whatever was decided


def test_a_decision_that_changes_nothing_is_kept_and_undone_all_the_same(talk):
    one = talk.disagreements[0]
    talk.decide(one.key, "mine", "seen twice")
    decided = talk.decided[one.key]
    assert (decided.decision.choice, decided.decision.note) == ("mine", "seen twice")
    assert decided.coder_id == "cara"
    assert decided.at_utc.startswith("20")
    talk.undo()
    assert one.key not in talk.decided
    talk.redo()
    assert talk.decided[one.key] == decided


def test_undo_returns_to_the_first_coder_and_no_further(talk):
    begun = talk.coding.observation
    for one in talk.disagreements[:6]:
        talk.decide(one.key, "theirs")
    for _ in range(6):
        talk.undo()
    assert talk.coding.observation == begun
    assert len(talk.left) == 39
    with pytest.raises(NothingToUndo):
        talk.undo()


def test_it_goes_on_after_a_restart_where_it_stopped(study, pair, talk):
    first, second, third = talk.disagreements[:3]
    talk.decide(first.key, "theirs", "too late")
    talk.decide(second.key, "mine")
    talk.decide(second.key, "theirs", "after all")
    talk.decide(third.key, "theirs")
    talk.undo()
    path = study.path
    study.close()
    with StudyService.open(path) as again:
        later = ConsensusService.resume(again, entry_of(again, "cara", "consensus"))
        assert later.coding.observation.timeline == talk.coding.observation.timeline
        assert {
            key: (one.decision.choice, one.decision.note) for key, one in later.decided.items()
        } == {
            first.key: ("theirs", "too late"),
            second.key: ("theirs", "after all"),
        }
        assert later.next_left(first.key).key == third.key
        begun_again = ConsensusService.begin(again, *pair, "cara")
        assert begun_again.coding.observation == later.coding.observation


def test_a_third_code_or_time_is_decided_too(talk):
    confused = next(
        one for one in talk.disagreements if one.kind == "confused" and one.track_id == "infant_bid"
    )
    talk.decide(confused.key, "third", third=Third(code="vocal"))
    assert talk.coding.observation.timeline.get(confused.event_a).code == "vocal"
    with pytest.raises(CannotDecideSo):
        talk.decide(confused.key, "third", third=Third(code="no_such_code"))
    assert talk.coding.history.n_lines == 2


def test_it_is_handed_in_only_when_all_is_decided(study, talk):
    with pytest.raises(NotAllDecided):
        talk.finish()
    for one in talk.disagreements:
        talk.decide(one.key, "mine")
    talk.finish()
    assert entry_of(study, "cara", "consensus").status == "submitted"
    with pytest.raises(ObservationIsClosed):
        talk.decide(talk.disagreements[0].key, "theirs")


def test_what_cannot_be_reconciled_is_refused(study, pair):
    import_file(study, sample_folder() / "gold_events.csv", coder="dora", role="primary")
    draft = entry_of(study, "dora", "primary")
    with pytest.raises(StillADraft):
        ConsensusService.begin(study, pair[0], draft, "cara")
    with pytest.raises(NotAPair):
        ConsensusService.begin(study, pair[0], pair[0], "cara")
    with pytest.raises(NotAPair):
        ConsensusService.resume(study, pair[0])
    ConsensusService.begin(study, *pair, "cara")
    with pytest.raises(OtherPair):
        ConsensusService.begin(study, *reversed(pair), "cara")
    talk = ConsensusService.begin(study, *pair, "cara")
    with pytest.raises(NoSuchDisagreement):
        talk.decide("dyad_state|nothing", "mine")
    assert talk.first.session_id == SESSION
