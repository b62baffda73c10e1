"""Gold standards, practice sets, feedback and certificates on a real study file."""

import csv
from datetime import date

import pytest

from blind_coders import SESSION, entry_of, hand_in, new_study
from imhcode.analysis.training_criterion import Criterion
from imhcode.domain.event import Stamp
from imhcode.domain.keys import CodeKey
from imhcode.services import certificates, gold, practice_sets, submitting, training
from imhcode.services.consensus import ConsensusService, NotAllDecided
from imhcode.services.practice_sets import add_practice_set, practice_set, retake, unseen_by
from imhcode.services.samples import sample_folder
from imhcode.services.telling import Telling
from imhcode.services.training import feedback, progress_of, result_of

EASY = Criterion(index="kappa_event", threshold=0.3, consecutive=1, tracks=("infant_bid",))


@pytest.fixture
def study(tmp_path):
    with new_study(tmp_path / "study.imh") as made:
        yield made


@pytest.fixture
def golden(study):
    """The sample's true timeline, frozen, and a trainee's attempt, submitted."""
    entry = hand_in(study, "gold", "gold", "gold")
    submitting.lock(study.file, gold.coding_of(study, entry), "tess")
    hand_in(study, "trainee", "tom", "training")
    return entry_of(study, "gold", "gold")


def accepting(study, entry, *accepted):
    """The gold standard given back, something accepted, and frozen again."""
    coding = gold.coding_of(study, entry)
    submitting.give_back(study.file, coding, "tess")
    submitting.give_back(study.file, coding, "tess")
    for event, codes, note in accepted:
        gold.accept(coding, event, codes, note)
    gold.freeze(study, entry_of(study, "gold", "gold"), "tess")


# -- gold standards --------------------------------------------------------------------------


def test_a_gold_standard_is_reconciled_with_reasons_and_frozen(study):
    pair = (
        hand_in(study, "gold", "anna", "primary"),
        hand_in(study, "trainee", "ben", "reliability"),
    )
    talk = ConsensusService.begin(study, *pair, "tess", role="gold")
    entry = entry_of(study, "tess", "gold")
    with pytest.raises(NotAllDecided):
        gold.freeze(study, entry, "tess")
    for one in talk.disagreements:
        talk.decide(one.key, "mine", "" if one is talk.disagreements[3] else f"seen: {one.kind}")
    with pytest.raises(gold.ReasonsAreMissing) as refused:
        gold.freeze(study, entry, "tess")
    assert refused.value.fields == {"lacking": 1}
    talk.decide(talk.disagreements[3].key, "mine", "the mouth opens first")
    gold.freeze(study, entry, "tess")
    frozen = entry_of(study, "tess", "gold")
    assert frozen.status == "locked"
    assert gold.gold_for(study, SESSION, study.scheme()) == frozen
    reasons = gold.reasons_of(study, frozen)
    assert "the mouth opens first" in "".join(reasons.values())
    assert reasons["b12"] == "seen: missed"


def test_only_a_frozen_gold_standard_counts(study):
    entry = hand_in(study, "gold", "gold", "gold")
    assert gold.gold_for(study, SESSION, study.scheme()) is None
    with pytest.raises(practice_sets.NoGoldStandard):
        add_practice_set(study, "first", study.scheme(), [SESSION])
    gold.freeze(study, entry, "tess")
    assert gold.gold_for(study, SESSION, study.scheme()).coder_id == "gold"


def test_what_is_accepted_is_undone_like_any_edit(study):
    hand_in(study, "gold", "gold", "gold")
    coding = gold.coding_of(study, entry_of(study, "gold", "gold"))
    submitting.give_back(study.file, coding, "tess")
    gold.accept(coding, "b14", ["smile"], "half a smile")
    gold.accept(coding, "b14", ["smile", "vocal"])
    assert gold.accepted_by(coding)["b14"].accepted == ("smile", "vocal")
    coding.undo()
    assert gold.accepted_by(coding)["b14"].accepted == ("smile",)
    coding.undo()
    assert gold.accepted_by(coding) == {}
    with pytest.raises(gold.NotOnThisTrack):
        gold.accept(coding, "b14", ["attuned"])


# -- scores ----------------------------------------------------------------------------------


def test_every_documented_error_of_the_sample_trainee_is_told_in_kind(study, golden):
    one_set = add_practice_set(study, "first", study.scheme(), [SESSION], feedback="at_once")
    told = {
        (one.track_id, one.event_a, one.event_b, one.kind, one.modifier)
        for one in feedback(study, one_set, "tom", SESSION).result.errors
    }
    kinds = {
        "boundary_late": "late",
        "boundary_early": "early",
        "onset_late": "late",
        "onset_early": "early",
        "confused_state": "confused",
        "wrong_code": "confused",
        "wrong_modifier": "modifier",
        "missed_event": "missed",
        "added_event": "added",
    }
    with (sample_folder() / "differences.csv").open(encoding="utf-8") as file:
        documented = [
            (
                row["track_id"],
                row["gold_event_id"],
                row["trainee_event_id"],
                kinds[row["kind"]],
                row["what"].partition(":")[0] if row["kind"] == "wrong_modifier" else "",
            )
            for row in csv.DictReader(file)
        ]
    # where the caregiver or the child could not be seen, nothing is scored
    unseen = {"s08", "s09"}
    assert {one for one in documented if one[1] not in unseen} == told


def test_sensitivity_precision_and_bias_are_those_counted_by_hand(study, golden):
    one_set = add_practice_set(study, "first", study.scheme(), [SESSION])
    result = result_of(study, one_set, "tom", SESSION)
    vocal = result.code("infant_bid", "vocal")
    events = study.observation(golden).timeline.lane("infant_bid")
    assert vocal.n_gold == sum(one.code == "vocal" for one in events)
    assert (vocal.n_hit, vocal.n_trainee) == (vocal.n_gold - 1, vocal.n_gold)  # b12, t_b17
    assert vocal.sensitivity == vocal.precision == 1 - 1 / vocal.n_gold
    bids = next(one for one in result.tracks if one.track_id == "infant_bid")
    look, smile = (bids.codes.index(one) for one in ("look", "smile"))
    assert bids.confusion[look, smile] == 1  # b14
    repairs = next(one for one in result.tracks if one.track_id == "rupture_repair")
    off = sorted([12, 20, 0, 0, -15, 30, 0, 0])  # frames of 40 ms, by differences.csv
    assert (repairs.n_boundaries, repairs.bias_us) == (8, (off[3] + off[4]) / 2 * 40_000)
    sizes = sorted(map(abs, off))
    assert repairs.spread_us == pytest.approx((sizes[6] + 0.3 * (sizes[7] - sizes[6])) * 40_000)


def test_an_accepted_code_is_no_error_and_raises_the_index(study, golden):
    one_set = add_practice_set(study, "first", study.scheme(), [SESSION], feedback="at_once")
    before = result_of(study, one_set, "tom", SESSION)
    accepting(
        study,
        golden,
        ("b14", ["smile"], "the corners of the mouth were seen by one of us"),
        ("b12", [gold.NOTHING_NEEDED], "hardly to be heard"),
        ("s11", ["out_of_step"], "nobody could tell"),
    )
    told = feedback(study, one_set, "tom", SESSION)
    gone = {one.key for one in before.errors} - {one.key for one in told.result.errors}
    assert {key.split("|")[-2] for key in gone} == {"b14", "b12", "s11"}

    def kappa(result, track):
        return next(one.indices["kappa_event"] for one in result.tracks if one.track_id == track)

    assert kappa(told.result, "infant_bid") > kappa(before, "infant_bid")
    assert kappa(told.result, "dyad_state") > kappa(before, "dyad_state")
    assert told.reasons["b14"] == "the corners of the mouth were seen by one of us"


# -- feedback --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "refusal"),
    [("off", training.FeedbackIsOff), ("at_end", training.FeedbackComesLater), ("at_once", None)],
)
def test_feedback_comes_when_the_set_says(study, golden, when, refusal):
    copy_gold(study, "S02")
    both = add_practice_set(study, when, study.scheme(), [SESSION, "S02"], feedback=when)
    if refusal is None:
        assert feedback(study, both, "tom", SESSION).result.errors
    else:
        with pytest.raises(refusal):
            feedback(study, both, "tom", SESSION)
    with pytest.raises((training.NotSubmitted, training.FeedbackIsOff)):
        feedback(study, both, "tom", "S02")
    code_a_little(study, "S02", "tom", "training")
    if when == "at_end":
        assert feedback(study, both, "tom", SESSION).result.errors


def copy_gold(study, session):
    study.ensure_session(session)
    code_a_little(study, session, "gold", "gold", lock=True)


def code_a_little(study, session, coder, role, *, code="look", lock=False):
    """A few bids on another session, handed in."""
    coding = study.coding(session, coder, role=role)
    track = study.scheme().track("infant_bid")
    for second, name in enumerate([code, "vocal", code, "smile", "vocal"]):
        coding.press(CodeKey(track, track.code(name)), Stamp(second * 4_000_000))
    submitting.submit(study.file, coding, coder)
    if lock:
        submitting.lock(study.file, coding, coder)


# -- criterion, certificate, retake ----------------------------------------------------------


def test_a_criterion_reached_becomes_a_certificate_that_expires(study, golden):
    add_practice_set(study, "first", study.scheme(), [SESSION], coders=["tom"], criterion=EASY)
    issued = certificates.certify(study, "first", "tom", today=date(2026, 8, 31))
    assert (issued.issued, issued.recheck, issued.expires) == (
        "2026-08-31",
        "2027-02-28",
        "2027-08-31",
    )
    assert issued.scheme_hash == study.scheme().content_hash
    assert issued.sessions[0][0] == SESSION
    assert certificates.certify(study, "first", "tom", today=date(2026, 9, 9)) == issued
    assert certificates.certificates(study.file, "tom") == (issued,)
    assert certificates.reminders(study, date(2027, 2, 27)) == ()
    (due,) = certificates.reminders(study, date(2027, 2, 28))
    assert (due.state, due.due) == ("recheck due", "2027-02-28")
    (gone,) = certificates.reminders(study, date(2027, 8, 31))
    assert (gone.state, gone.due) == ("expired", "2027-08-31")
    assert issued.state(date(2026, 9, 1), "another version") == "other version"


def test_a_criterion_not_reached_gives_none(study, golden):
    hard = Criterion(threshold=0.99, consecutive=1)
    add_practice_set(study, "hard", study.scheme(), [SESSION], criterion=hard)
    with pytest.raises(certificates.CriterionNotReached):
        certificates.certify(study, "hard", "tom")


def test_a_critical_miss_fails_whatever_the_index_says(study, golden):
    strict = Criterion(threshold=0, consecutive=1, critical=("rupture_repair/repair_attempt",))
    one_set = add_practice_set(study, "strict", study.scheme(), [SESSION], criterion=strict)
    (judged,) = progress_of(study, one_set, "tom").judged
    assert judged.verdict == "failed"
    assert "repair_attempt" in judged.why


def test_what_was_given_back_and_submitted_again_is_not_counted(study, golden):
    one_set = add_practice_set(study, "first", study.scheme(), [SESSION], criterion=EASY)
    assert progress_of(study, one_set, "tom").is_met
    coding = study.coding(SESSION, "tom", role="training")
    submitting.give_back(study.file, coding, "tess")
    submitting.submit(study.file, coding, "tom")
    (judged,) = progress_of(study, one_set, "tom").judged
    assert (judged.verdict, judged.why) == ("not counted", "given back")


def test_attempts_count_in_order_of_submission(study, golden):
    for session in ("S02", "S03"):
        copy_gold(study, session)
    code_a_little(study, "S03", "tom", "training", code="reach")
    code_a_little(study, "S02", "tom", "training")
    rule = Criterion(threshold=0.3, consecutive=2, tracks=("infant_bid",))
    of = add_practice_set(study, "three", study.scheme(), [SESSION, "S02", "S03"], criterion=rule)
    where = progress_of(study, of, "tom")
    assert [one.attempt.session_id for one in where.judged] == [SESSION, "S03", "S02"]


def test_a_retake_is_drawn_from_what_was_never_seen(study, golden):
    for session in ("S02", "S03", "S04"):
        copy_gold(study, session)
    add_practice_set(
        study, "first", study.scheme(), [SESSION, "S02"], coders=["tom"], criterion=EASY
    )
    assert unseen_by(study, "tom", study.scheme()) == ("S03", "S04")
    again = retake(study, "first", "again", "tom", n_sessions=2, seed=7)
    assert sorted(again.sessions) == ["S03", "S04"]
    assert (again.feedback, again.coders) == ("off", ("tom",))
    assert practice_set(study.file, "again") == again
    with pytest.raises(practice_sets.TooFewUnseen):
        retake(study, "first", "third", "tom", n_sessions=1, seed=7)


@pytest.mark.parametrize(
    "rule",
    [
        Criterion(index="kapa"),
        Criterion(threshold=70),
        Criterion(consecutive=2),
        Criterion(consecutive=1, tracks=("nowhere",)),
        Criterion(consecutive=1, critical=("infant_bid/nothing",)),
    ],
)
def test_what_is_no_criterion_is_refused(study, golden, rule):
    with pytest.raises(practice_sets.NotACriterion):
        add_practice_set(study, "first", study.scheme(), [SESSION], criterion=rule)
    assert practice_sets.practice_sets(study.file) == ()


@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_a_certificate_is_written_as_a_page(study, golden, tmp_path, ending):
    with pytest.raises(certificates.NoCertificate):
        certificates.write_certificate(study, "tom", tmp_path / f"c.{ending}")
    add_practice_set(study, "first", study.scheme(), [SESSION], coders=["tom"], criterion=EASY)
    issued = certificates.certify(study, "first", "tom", today=date(2026, 11, 22))
    path = tmp_path / f"c.{ending}"
    assert certificates.write_certificate(study, "tom", path) == issued
    content = path.read_bytes()
    if ending == "pdf":
        assert content.startswith(b"%PDF")
    else:
        page = content.decode()
        for said in ("tom", "2026-11-22", "2027-11-22", study.scheme().version, SESSION, "0.3"):
            assert said in page


# -- told while coding -----------------------------------------------------------------------


def test_what_was_told_counts_in_no_set_though_another_tells_nothing(study):
    entry = hand_in(study, "gold", "gold", "gold")
    gold.freeze(study, entry, "tess")
    scheme = study.scheme()
    first = add_practice_set(study, "telling", scheme, [SESSION], feedback="while_coding")
    other = add_practice_set(study, "strict", scheme, [SESSION], feedback="off", criterion=EASY)
    coding = study.coding(SESSION, "tom", role="training")
    telling = Telling.of(study, coding.observation)
    track = scheme.track("infant_bid")
    edit = coding.press(CodeKey(track, track.code("vocal")), Stamp(7_000_000))
    (told,) = telling.about(edit)
    assert (told.difference, told.gold.id) == (None, "b01")
    submitting.submit(study.file, coding, "tom")
    for one in (first, other):
        (judged,) = progress_of(study, one, "tom").judged
        assert (judged.verdict, judged.why) == ("not counted", "told while coding")
    assert feedback(study, first, "tom", SESSION).result.errors
    assert Telling.of(study, coding.observation) is None  # handed in: nothing more to tell


def test_nobody_else_is_told(study):
    entry = hand_in(study, "gold", "gold", "gold")
    gold.freeze(study, entry, "tess")
    add_practice_set(
        study, "telling", study.scheme(), [SESSION], coders=["tom"], feedback="while_coding"
    )
    for coder, role in (("zoe", "training"), ("tom", "primary")):
        coding = study.coding(SESSION, coder, role=role)
        assert Telling.of(study, coding.observation) is None


def test_a_practice_set_needs_a_name(study):
    entry = hand_in(study, "gold", "gold", "gold")
    gold.freeze(study, entry, "tess")
    with pytest.raises(practice_sets.NeedsAName):
        add_practice_set(study, "", study.scheme(), [SESSION])


def test_a_session_has_one_frozen_gold_standard(study):
    pair = (
        hand_in(study, "gold", "anna", "primary"),
        hand_in(study, "trainee", "ben", "reliability"),
    )
    imported = hand_in(study, "gold", "gold", "gold")
    with pytest.raises(gold.NotBlindWork):
        gold.begin(study, imported, pair[1], "tess")
    gold.freeze(study, imported, "tess")
    with pytest.raises(gold.GoldIsThere):
        gold.begin(study, *pair, "tess")
