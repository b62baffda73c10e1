"""Faults planted in the six other schemes: parts of the language that the flagship does not use."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from imhcode.schemes.document import read_document
from imhcode.schemes.shipped import shipped_schemes

TEXTS = {name: path.read_text("utf-8") for name, path in shipped_schemes().items()}


@dataclass(frozen=True)
class Planted:
    """``old`` becomes ``new``; the first finding of ``rule`` is on the line of ``at`` in ``new``.

    ``alone``: it is the only finding.
    """

    name: str
    scheme: str
    old: str
    new: str
    at: str
    rule: str
    says: str
    severity: str = "error"
    alone: bool = True

    @property
    def text(self) -> str:
        whole = TEXTS[self.scheme]
        assert whole.count(self.old) == 1, f"{self.name}: {self.old!r} x {whole.count(self.old)}"
        return whole.replace(self.old, self.new)

    @property
    def line(self) -> int:
        end = TEXTS[self.scheme].index(self.old) + self.new.index(self.at)
        return self.text.count("\n", 0, end) + 1


# fmt: off
CASES = [
    # tracks, bins and numbers
    Planted("bins missing", "still_face", "    interval:\n      bin_s: 1.0\n      anchor: episode_start\n      rule: modal_with_peak_tiebreak\n      advance_on_key: true\n", "", "", "no-bins", 'track "infant_affect_1s" is of bins but lacks "interval"'),
    Planted("bins of no length", "still_face", "      bin_s: 1.0\n      anchor", "      bin_s: 0\n      anchor", "bin_s", "out-of-limits", '"bin_s" in interval of track "infant_affect_1s" is 0; it must be more than 0'),
    Planted("anchor of bins that is none", "still_face", "anchor: episode_start", "anchor: episode", "anchor", "unknown-word", '(did you mean "episode_start"?)'),
    Planted("bins on a state", "still_face", "    label: Infant gaze\n    subject: infant\n    kind: state\n", "    label: Infant gaze\n    subject: infant\n    kind: state\n    interval: {bin_s: 1}\n", "interval", "other-kind", 'track "infant_gaze" cannot have "interval": only kind interval has bins'),
    Planted("number off the scale", "still_face", "      - id: p3\n        value: 3", "      - id: p3\n        value: 4", "value", "outside-scale", 'value 4 of code "p3" is outside the scale, -3 to 3'),
    Planted("number between the steps", "still_face", "      - id: p1\n        value: 1", "      - id: p1\n        value: 1.5", "value", "off-step", 'value 1.5 of code "p1" is no step of 1 from -3'),
    Planted("number missing", "still_face", "      - id: z0\n        value: 0\n", "      - id: z0\n", "id: z0", "no-value", 'code "z0" lacks "value"'),
    Planted("scale that does not come out", "still_face", "scale: {min: -3, max: 3, step: 1,", "scale: {min: -3, max: 3, step: 4,", "scale", "off-step", "is no whole number of steps of 4", alone=False),
    Planted("scale upside down", "still_face", "scale: {min: -3, max: 3, step: 1,", "scale: {min: 3, max: -3, step: 1,", "scale", "min-above-max", 'min 3 is above max -3 in scale of track "infant_affect_1s"'),
    Planted("entry that is none", "regulation_soothing", "    label: Infant coping\n    subject: infant\n    kind: state\n", "    label: Infant coping\n    subject: infant\n    kind: state\n    entry: holds\n", "entry", "unknown-word", '(did you mean "hold"?)'),
    Planted("instant that is held", "regulation_soothing", "    kind: point\n    duration: none\n", "    kind: point\n    duration: none\n    entry: hold\n", "entry", "other-kind", 'cannot have "entry: hold": only what lasts can be held'),
    Planted("length for a state", "regulation_soothing", "    label: Infant coping\n    subject: infant\n    kind: state\n", "    label: Infant coping\n    subject: infant\n    kind: state\n    duration: optional\n", "duration", "other-kind", "only a point may be given a length"),
    Planted("ranges that exclude each other", "strengths_review", "    label: Private notes\n    subject: clinician\n    kind: range\n    exclusive: false\n", "    label: Private notes\n    subject: clinician\n    kind: range\n    exclusive: true\n", "exclusive", "other-kind", "ranges may overlap"),
    Planted("default code that begins nothing", "regulation_soothing", "    label: Infant coping\n    subject: infant\n    kind: state\n", "    label: Infant coping\n    subject: infant\n    kind: state\n    default_code: suck\n", "default_code", "default-code", "is not exhaustive, so that no code begins it"),
    Planted("view that is none", "strengths_review", "never_in: [parent_view, clip_export,", "never_in: [parent_views, clip_export,", "never_in", "unknown-word", '(did you mean "parent_view"?)'),
    Planted("audience that is none", "strengths_review", "    audience: clinician_only\n", "    audience: clinicians\n", "audience", "unknown-audience", 'unknown audience "clinicians" in track "private_note" (did you mean "clinician_only"?)'),
    Planted("index of agreement that is none", "still_face", "index: [kappa_time]", "index: [cohen_kappa_time]", "index", "unknown-word", '(did you mean "kappa_time"?)'),
    Planted("episode of a code that is none", "still_face", "        start: First frame held.\n        stop: First break or end.\n        only_in_episodes: [still_face, second_still_face]", "        start: First frame held.\n        stop: First break or end.\n        only_in_episodes: [stillface, second_still_face]", "only_in", "unknown-episode", 'unknown episode "stillface" in code "still" (did you mean "still_face"?)'),
    Planted("answers on a track without links", "joint_attention", "        label: Points\n        key: w\n", "        label: Points\n        key: w\n        applies_to_bids: [share_look]\n", "applies", "no-link", "its track has no link"),
    Planted("prompt for a modifier that the code has not", "regulation_soothing", "        modifiers: [self_injury]\n", "", "", "flag-never", 'code "discharge" does not take modifier "self_injury"', alone=False),
    Planted("prompt for a value that is none", "regulation_soothing", '          value: "yes"\n', '          value: "yse"\n', "value", "unknown-value", 'unknown value "yse"'),
    Planted("prompt without words", "regulation_soothing", "          text: The child hurt itself.", "          note: The child hurt itself.", "note", "unknown-field", 'unknown field "note" in flag of code "discharge"', alone=False),

    # episodes
    Planted("episode key twice", "still_face", '      label: Reunion\n      order: 3\n      key: "3"', '      label: Reunion\n      order: 3\n      key: "2"', "key", "key-twice", 'key "2" used twice for episodes by "still_face" (line '),
    Planted("episode key reserved", "still_face", '      label: Reunion\n      order: 3\n      key: "3"', '      label: Reunion\n      order: 3\n      key: "="', "key", "reserved-key", 'key "=" of episode "reunion" is reserved'),
    Planted("episode order twice", "still_face", "      label: Reunion\n      order: 3\n", "      label: Reunion\n      order: 2\n", "order", "order-twice", 'order 2 of episode "reunion" is that of episode "still_face" (line '),
    Planted("episode shorter than it may be", "still_face", '      order: 1\n      key: "1"\n      nominal_s: 120', '      order: 1\n      key: "1"\n      nominal_s: 12', "", "min-above-max", 'min_s 60 of episode "play" is above nominal_s 12', alone=True),
    Planted("end reasons missing", "still_face", "  end_reasons:\n    - {id: full_time, label: Full time}\n    - {id: infant_distress, label: Stopped for infant distress}\n    - {id: caregiver_stopped, label: Caregiver stopped}\n    - {id: experimenter, label: Experimenter stopped}\n    - {id: technical, label: Technical}\n", "", "", "no-end-reasons", 'needs an end reason, but "end_reasons" has none', alone=False),
    Planted("end reason twice", "still_face", "{id: technical, label: Technical}", "{id: full_time, label: Technical}", "full_time", "id-twice", 'end reason "full_time" stands twice'),
    Planted("ordered without order", "shared_play", "episodes:\n  required: false\n", "episodes:\n  required: false\n  ordered: true\n", "ordered", "no-order", "episodes are ordered, but none of them"),

    # passes
    Planted("nobody to hide", "still_face", "    playback: {speed: 0.5, audio: false}\n    hide_subject_view: caregiver", "    playback: {speed: 0.5, audio: false}\n    hide_subject_view: mother", "hide", "unknown-subject", 'unknown subject "mother" in pass "infant_gaze"'),
    Planted("pass order twice", "joint_attention", "  - id: check\n    order: 5\n", "  - id: check\n    order: 4\n", "order", "order-twice", 'order 4 of pass "check" is that of pass "partner_cues"'),
    Planted("track that nobody codes", "regulation_soothing", "tracks: [infant_coping, stress_sign]", "tracks: [infant_coping]", "", "coded-never", 'track "stress_sign" is coded in no pass', severity="warning"),
    Planted("class that no walk can find", "regulation_soothing", "walk: {over_track: infant_state, classes: [distress],", "walk: {over_track: infant_state, classes: [touch],", "walk", "class-never", "is borne by no code of track infant_state", severity="warning"),
    Planted("scale to rate that is none", "global_ratings", "    ratings: all\n", "    ratings: [warmth, sensitvity]\n", "ratings", "unknown-rating", '(did you mean "sensitivity"?)'),
    Planted("scales to rate where there are none", "joint_attention", "    label: Self-check\n    tracks: []\n", "    label: Self-check\n    tracks: []\n    ratings: all\n", "ratings", "no-ratings", "rates all scales, but the scheme has none"),
    Planted("clips from nowhere", "strengths_review", "from: [moment]", "from: [moments]", "from", "unknown-track", '(did you mean "moment"?)'),
    Planted("clips by a choice that is none", "strengths_review", "        default_filter: {status: [candidate, chosen]}", "        default_filter: {state: [candidate, chosen]}", "default_filter", "unknown-modifier", 'unknown modifier "state"'),
    Planted("stride of no length", "still_face", "playback: {step_s: 1.0,", "playback: {step_s: 0,", "playback", "out-of-limits", "must be more than 0"),
    Planted("key twice in a pass of three tracks", "shared_play", "tracks: [limit, limit_child]", "tracks: [limit, limit_child, limit_follow]", "", "key-twice", 'key "u" used twice in pass limits by "cannot_tell" of limit_child'),

    # modifiers
    Planted("choice that nobody takes", "strengths_review", "modifiers: [status, theme, consent_check]", "modifiers: [status, consent_check]", "", "taken-never", 'modifier "theme" is taken by no track or code', severity="warning"),
    Planted("choice from nowhere", "strengths_review", "values_from: case.goals", "values_from: case.aims", "values_from", "unknown-word", '"values_from" in modifier "theme"'),
    Planted("limits of words", "strengths_review", "    required: true\n    max_length: 160\n", "    required: true\n    min: 1\n    max_length: 160\n", "min:", "no-choice", 'modifier "childs_words" is a text and takes no "min"'),
    Planted("asked in a pass that is none", "regulation_soothing", "  - id: help\n    label: With help\n", "  - id: help\n    in_pass: later\n    label: With help\n", "in_pass", "unknown-pass", 'unknown pass "later" in modifier "help"'),
    Planted("asked where nobody codes it", "regulation_soothing", "  - id: help\n    label: With help\n", "  - id: help\n    in_pass: caregiver\n    label: With help\n", "in_pass", "asked-never", 'asked in pass "caregiver", which codes none of the tracks'),

    # links
    Planted("one of one counts", "joint_attention", "    to_track: child_bid\n    cardinality: one_to_one\n", "    to_track: child_bid\n    one_counts: first\n    cardinality: one_to_one\n", "one_counts", "one-counts", "with one_to_one nothing is answered twice"),
    Planted("ages out of order", "joint_attention", "    to_track: child_bid\n", "    to_track: child_bid\n    window_by_age: [{max_months: 9, max: 4}, {max_months: 6, max: 3}]\n", "window", "ages-out-of-order", "give the youngest first"),
    Planted("cardinality that is none", "joint_attention", "    to_track: child_bid\n    cardinality: one_to_one\n", "    to_track: child_bid\n    cardinality: one_to_all\n", "cardinality", "unknown-word", '"cardinality" in link "replies_to"'),

    # suggestions and sentences
    Planted("suggestion that is not understood", "joint_attention", "suggest_when: bid has no linked reply", "suggest_when: if the partner is silent", "suggest", "unknown-form", "it knows sentences like"),
    Planted("null rule that is not understood", "joint_attention", "null_when: no sharing bids", "null_when: whenever it is small", "null", "unknown-form", '"null_when" in measure "high_ratio" is "whenever it is small"'),

    # ratings
    Planted("anchor off the scale", "global_ratings", "      1: None seen.\n", "      0: None seen.\n", "0:", "outside-scale", 'anchor 0 of anchors of rating "hostility" is outside the scale, 1 to 5'),
    Planted("anchor that is no number", "global_ratings", "      1: None seen.\n", "      low: None seen.\n", "low:", "bad-number", "use a number, such as 3 or 2.5"),
    Planted("no scale at all", "global_ratings", "  scale: {min: 1, max: 5, step: 1, allow_half: false}\n", "", "", "no-scale", 'rating "sensitivity" has no "scale", and rating_defaults has none either', alone=False),
    Planted("evidence from nowhere", "global_ratings", "require_evidence: {min: 1, track: evidence}", "require_evidence: {min: 1, track: evidences}", "require", "unknown-track", '(did you mean "evidence"?)'),
    Planted("prompt off the scale", "global_ratings", "at_or_above: 4", "at_or_above: 6", "at_or_above", "outside-scale", "at_or_above 6"),
    Planted("scope that is none", "global_ratings", "scope: [session, episode]", "scope: [session, episodes]", "scope", "unknown-word", '(did you mean "episode"?)'),
    Planted("variant off its scale", "global_ratings", "anchor_map: {1: 1, 3: 4, 5: 7}", "anchor_map: {1: 1, 3: 4, 5: 9}", "anchor_map", "outside-scale", 'anchor 9 of anchor_map of alternate scale "seven_point" is outside the scale, 1 to 7'),
    Planted("variant with the id of a rating", "global_ratings", "  - id: hostility\n", "  - id: warmth_seven_point\n", "", "id-twice", 'variant "warmth_seven_point" of rating "warmth" has the id of another rating', alone=False),
    Planted("rating twice", "global_ratings", "  - id: hostility\n", "  - id: warmth\n", "id:", "id-twice", 'rating "warmth" stands twice', alone=False),
    Planted("rating that does not apply but must", "global_ratings", "    not_applicable_if: no distress of 3 s or more\n", "    not_applicable_if: no distress of 3 s or more\n    allow_not_applicable: false\n", "not_app", "not-applicable", 'rating "distress_response" says when it does not apply'),
    Planted("rating of a composite that is none", "global_ratings", "ratings: [hostility, flatness]", "ratings: [hostility, flattness]", "ratings", "unknown-rating", '(did you mean "flatness"?)'),
    Planted("reversed rating that is not in the composite", "global_ratings", "reverse: [tension]", "reverse: [warmth]", "reverse", "unknown-rating", 'unknown rating "warmth" in measure "dyad_quality"'),
    Planted("more valid scores than ratings", "global_ratings", "    ratings: [hostility, flatness]\n    method: mean\n    min_valid: 2\n", "    ratings: [hostility, flatness]\n    method: mean\n    min_valid: 3\n", "min_valid", "min-above-max", 'min_valid 3 of measure "caregiver_difficulty" is above its 2 ratings'),

    # derived tracks and measures
    Planted("pair of a code that is none", "still_face", "        - [watching, attentive]", "        - [watching, atentive]", "[", "unknown-code", '(did you mean "attentive"?)'),
    Planted("pair the wrong way round", "still_face", "[[objects, care]]", "[[care, objects]]", "[", "unknown-code", 'unknown code "care"', alone=False),
    Planted("pair twice", "still_face", "        - [subdued, hard]", "        - [subdued, flat]", "[", "pair-twice", 'pair subdued, flat of derived track "matched" stands twice'),
    Planted("pair for a code that is none", "still_face", "      match_object: [[", "      match_objects: [[", "match", "unknown-code", 'unknown code "match_objects"'),
    Planted("pair of tracks that overlap", "still_face", "    from: [infant_engagement, caregiver_engagement]", "    from: [infant_regulation, caregiver_engagement]", "from", "not-exclusive", 'cannot pair track "infant_regulation"', alone=False),
    Planted("rule of a derived track that is none", "still_face", "rule: pair_table", "rule: pair_tables", "rule", "unknown-derived-track-kind", 'is "pair_tables", which is no kind of derived track (did you mean "pair_table"?)', alone=False),
    Planted("otherwise nothing", "still_face", "otherwise: mismatch", "otherwise: mismatched", "otherwise", "unknown-code", '(did you mean "mismatch"?)'),
    Planted("track made from itself", "regulation_soothing", "from: [infant_state]", "from: [distress_bout]", "from", "cycle", 'derived track "distress_bout" is made from itself', alone=False),
    Planted("derived track with a track's id", "regulation_soothing", "  - id: distress_bout\n", "  - id: soothing\n", "id:", "id-twice", 'derived track "soothing" has the id of a track (line ', alone=False),
    Planted("measure of a measure that is none", "still_face", "    measure: mean_affect\n    minuend: still_face\n", "    measure: mean_afect\n    minuend: still_face\n", "measure", "unknown-measure", '(did you mean "mean_affect"?)'),
    Planted("measure made from itself", "strengths_review", "measures: [moments_by_kind, parent_share, childs_view_count]", "measures: [moments_by_kind, across_visits]", "measures", "cycle", 'measure "across_visits" is worked out from itself'),
    Planted("episode of a difference that is none", "still_face", "    minuend: still_face\n    subtrahend: play\n", "    minuend: still_face\n    subtrahend: plays\n", "subtrahend", "unknown-episode", '(did you mean "play"?)'),
    Planted("difference of nothing", "still_face", "    minuend: still_face\n    subtrahend: play\n", "    minuend: still_face\n    subtrahend: still_face\n", "subtrahend", "no-difference", 'takes "still_face" from itself'),
    Planted("episodes of a number that has none", "still_face", "    kind: interval_mean\n    per: [episode]", "    kind: interval_mean\n    per: [session]", "", "not-per-episode", 'compares episodes, but measure "mean_affect" is not "per: [episode]"', alone=False),
    Planted("per something that is none", "still_face", "    kind: interval_mean\n    per: [episode]", "    kind: interval_mean\n    per: [episodes]", "per", "unknown-word", '(did you mean "episode"?)', alone=False),
    Planted("ranks that are missing", "shared_play", "    kind: ordinal_max\n    per: [session]\n    track: play_level", "    kind: ordinal_max\n    per: [session]\n    track: play_together", "track", "no-ranks", 'no code of track "play_together" has "ordinal"'),
    Planted("time below the line of a track that is none", "joint_attention", "    classes: [share]\n    denominator: {codable_of: joint_engagement}", "    classes: [share]\n    denominator: {codable_of: engagement}", "denominator", "unknown-track", 'unknown track "engagement" in denominator of measure "share_rate"'),
    Planted("misspelt field of a choice of forms", "joint_attention", "    classes: [share]\n    denominator: {codable_of: joint_engagement}", "    classes: [share]\n    denominator: {codable_off: joint_engagement}", "denominator", "unknown-field", '(did you mean "codable_of"?)'),
    Planted("word that is no time", "joint_attention", "    numerator: {codes: [shared_coordinated]}\n    denominator: codable", "    numerator: {codes: [shared_coordinated]}\n    denominator: codeable", "denominator", "unknown-word", '(did you mean "codable"?)'),
    Planted("side that is none", "shared_play", "tracks: [child_talk, caregiver_talk]\n    max_gap", "tracks: [child_talk, parent_talk]\n    max_gap", "tracks", "unknown-track", 'unknown track "parent_talk" in measure "turns"'),
    Planted("condition that no event of the base can meet", "joint_attention", "count_if: {classes: [high]}", "count_if: {classes: [follow]}", "count_if", "class-never", 'class "follow" in count_if of measure "high_ratio" is borne by no code of track child_bid', severity="warning"),
    Planted("modifier of a count that is none", "strengths_review", "where: {modifier: parent_stance, values: [childs_view]}", "where: {modifier: parent_stance, values: [child_view]}", "where", "unknown-value", '(did you mean "childs_view"?)'),

    # checks and parameters
    Planted("kind of check that is none", "shared_play", "    kind: linked\n    link: answers_limit", "    kind: link\n    link: answers_limit", "kind", "unknown-check-kind", 'is "link", which is no kind of check (did you mean "linked"?)', alone=False),
    Planted("parameter that says something else", "joint_attention", "  - id: reply_window_s\n    default: 5.0", "  - id: reply_window_s\n    default: 4.0", "default", "other-default", "is not the number it stands in for, 5", severity="warning"),
    Planted("one of two paths leads nowhere", "still_face", "derived.reparation_latency.to_hold_s]", "derived.reparation_latencies.to_hold_s]", "derived", "unknown-path", 'leads to no number: "derived.reparation_latencies.to_hold_s"'),
    Planted("parameter that stands in for nothing", "shared_play", "    note: Longest silence between child and caregiver speech counted as one exchange.\n    overrides: derived.turns.max_gap_s\n", "", "", "no-effect", 'parameter "turn_gap_s" stands in for nothing', severity="warning"),

    # who is there, and other languages
    Planted("names for those who are one", "joint_attention", "allow_instances: true", "allow_instances: false", "", "no-instances", 'subject "partner" has "instance_labels" but not', alone=False),
    Planted("group that is none", "joint_attention", "role: group, members", "role: partner, members", "members", "no-group", 'subject "dyad" has "members" but is no group'),
    Planted("translation that leads nowhere", "global_ratings", "language: en\n", "language: en\ntranslations:\n  de: {ratings.warmth.lable: Wärme}\n", "  de:", "unknown-path", 'a translation leads to no text: "ratings.warmth.lable" (did you mean "label"?)'),
    Planted("translation of an id", "global_ratings", "language: en\n", "language: en\ntranslations:\n  de: {ratings.warmth.id: waerme}\n", "  de:", "not-translatable", 'a translation cannot change "id"'),
    Planted("language that is none", "global_ratings", "language: en\n", "language: en\ntranslations:\n  German: {title: Einschätzungen}\n", "  German", "bad-language", "use a language code"),
    Planted("day that is none", "global_ratings", "status: built_in\n", "status: built_in\napproval: {state: pilot, on: yesterday}\n", "approval", "bad-date", "use year, month and day"),
]
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_a_planted_fault_is_found_on_its_line(case: Planted, tmp_path: Path):
    path = tmp_path / f"{case.scheme}.yaml"
    path.write_text(case.text, "utf-8")
    document, findings = read_document(path)
    found = [one for one in findings if one.rule == case.rule and case.says in one.message]
    assert found, [one.at(one.rule) for one in findings]
    assert found[0].severity == case.severity
    if case.at:
        assert found[0].line == case.line
    if case.alone:
        assert len(findings) == 1, findings
    assert (document is None) == (case.severity == "error")


def test_the_faults_are_many_and_of_many_sorts():
    assert len(CASES) >= 75
    assert len({case.rule for case in CASES}) >= 35
    assert {case.scheme for case in CASES} == set(TEXTS) - {"abr"}
