"""Faults planted in the flagship: each is found on its line, with words that help."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from imhcode.schemes.document import load_scheme, read_document
from imhcode.schemes.errors import SchemeRefused
from imhcode.schemes.shipped import find_scheme

ABR = find_scheme("abr").read_text("utf-8")


@dataclass(frozen=True)
class Planted:
    """``old`` becomes ``new``; the finding must be on the line of ``at`` inside ``new``."""

    name: str
    old: str
    new: str
    at: str
    rule: str
    says: str
    severity: str = "error"
    alone: bool = True

    @property
    def text(self) -> str:
        assert ABR.count(self.old) == 1, f"{self.name}: {self.old!r} stands {ABR.count(self.old)}x"
        return ABR.replace(self.old, self.new)

    @property
    def line(self) -> int:
        end = ABR.index(self.old) + self.new.index(self.at)
        return self.text.count("\n", 0, end) + 1


LOOK = "        label: Look bid\n        key: q\n"
BREAK = "        label: Break signal\n        key: s\n"
ATTUNED = '        label: Attuned\n        key: a\n        color: "#009E73"\n'
ANSWERS = "    window_s: {min: 0.0, max: 5.0}\n    window_by_age"
TONE_VALUE = '      - {id: neutral, label: Neutral, key: "2"}\n      - {id: flat'
UNSEEN = "        label: Cannot see or hear\n        key: u\n"

CASES = [
    Planted(
        "key twice on a track",
        BREAK,
        BREAK.replace("key: s", "key: e"),
        "key: e",
        "key-twice",
        'key "e" used twice on track infant_bid by "smile" (line ',
    ),
    Planted(
        "key twice, other case",
        BREAK,
        BREAK.replace("key: s", "key: E"),
        "key: E",
        "key-twice",
        'key "E" used twice on track infant_bid by "smile" (line ',
    ),
    Planted(
        "key twice in a pass",
        "        label: Brief\n        key: s\n",
        "        label: Brief\n        key: r\n",
        "key: r",
        "key-twice",
        'key "r" used twice in pass invites by "object" of caregiver_invite (line ',
    ),
    Planted(
        "reserved bracket",
        LOOK,
        LOOK.replace("key: q", 'key: "["'),
        "key:",
        "reserved-key",
        'key "[" of code "look" is reserved: it sets the onset',
    ),
    Planted(
        "reserved minus",
        LOOK,
        LOOK.replace("key: q", 'key: "-"'),
        "key:",
        "reserved-key",
        "plays slower",
    ),
    Planted(
        "reserved space",
        LOOK,
        LOOK.replace("key: q", 'key: " "'),
        "key:",
        "reserved-key",
        "plays and pauses",
    ),
    Planted(
        "reserved by name",
        LOOK,
        LOOK.replace("key: q", "key: Enter"),
        "key:",
        "reserved-key",
        'key "Enter"',
    ),
    Planted(
        "digit where modifiers are asked",
        LOOK,
        LOOK.replace("key: q", 'key: "1"'),
        "key:",
        "reserved-key",
        "digits answer the modifiers",
    ),
    Planted(
        "key that is a number",
        LOOK,
        LOOK.replace("key: q", "key: 1"),
        "key:",
        "wrong-sort",
        'must be text: put it in quotes, "1"',
    ),
    Planted(
        "key too long",
        LOOK,
        LOOK.replace("key: q", "key: qq"),
        "key:",
        "key-length",
        "exactly one character",
    ),
    Planted(
        "right-hand key",
        LOOK,
        LOOK.replace("key: q", "key: k"),
        "key:",
        "right-hand-key",
        'key "k" of code "look"',
        severity="warning",
    ),
    Planted(
        "misspelt field of a code",
        "        examples:\n          - Both arms up toward father.\n",
        "        exmples:\n          - Both arms up toward father.\n",
        "exmples",
        "unknown-field",
        'unknown field "exmples" in code "reach" (did you mean "examples"?)',
    ),
    Planted(
        "misspelt field of a track",
        "    modifiers: [clarity, focus, corrected_cue_note]\n",
        "    modifers: [clarity, focus, corrected_cue_note]\n",
        "modifers",
        "unknown-field",
        'unknown field "modifers" in track "infant_bid" (did you mean "modifiers"?)',
    ),
    Planted(
        "misspelt field at the top",
        "short_title: ABR",
        "shorttitle: ABR",
        "short",
        "unknown-field",
        'unknown field "shorttitle" in the scheme (did you mean "short_title"?)',
    ),
    Planted(
        "misspelt field of a measure",
        "    min_run_s: 1.0",
        "    min_runs: 1.0",
        "min_runs",
        "unknown-field",
        'in measure "state_repair_latency" (did you mean "min_run_s"?)',
    ),
    Planted(
        "misspelt field deep in a measure",
        "count_if: {modifier: initiator, values",
        "count_if: {modifyer: initiator, values",
        "count_if",
        "unknown-field",
        'unknown field "modifyer" in count_if of measure "infant_led_repairs" (did you mean "modifier"?)',
    ),
    Planted(
        "field missing",
        "      - id: attuned\n        label: Attuned\n",
        "      - id: attuned\n",
        "id: attuned",
        "missing-field",
        'code "attuned" lacks "label"',
    ),
    Planted(
        "unknown class",
        "classes: [bid, pause]",
        "classes: [bid, puase]",
        "classes",
        "unknown-class",
        'unknown class "puase" in code "break_signal" (did you mean "pause"?)',
    ),
    Planted(
        "colour that is none",
        ATTUNED,
        ATTUNED.replace("#009E73", "#009E7"),
        "color",
        "bad-color",
        '"color" in code "attuned" is "#009E7"; write #',
    ),
    Planted(
        "colour without quotes",
        ATTUNED,
        ATTUNED.replace('"#009E73"', "#009E73"),
        "color",
        "empty",
        '"color" in code "attuned" is empty',
    ),
    Planted(
        "pattern that is none",
        "pattern: dots",
        "pattern: dot",
        "pattern",
        "unknown-word",
        'is "dot", which is none of its words (did you mean "dots"?)',
    ),
    Planted(
        "code twice",
        "      - id: reach\n",
        "      - id: smile\n",
        "smile",
        "id-twice",
        'code "smile" on track infant_bid stands twice (first on line ',
    ),
    Planted(
        "modifier twice",
        "  - id: pace\n",
        "  - id: tone\n",
        "tone",
        "id-twice",
        'modifier "tone" stands twice',
        alone=False,
    ),
    Planted(
        "value twice",
        TONE_VALUE,
        TONE_VALUE.replace("neutral", "warm"),
        "warm",
        "id-twice",
        'value "warm" of modifier tone stands twice',
    ),
    Planted(
        "value key twice",
        TONE_VALUE,
        TONE_VALUE.replace('"2"', '"1"'),
        "neutral",
        "key-twice",
        'key "1" used twice in modifier tone by "warm" (line ',
    ),
    Planted(
        "value key that is a letter",
        TONE_VALUE,
        TONE_VALUE.replace('"2"', "n"),
        "neutral",
        "value-key",
        "a digit from 1 to 9",
    ),
    Planted(
        "pass twice",
        "  - id: invites\n",
        "  - id: bids\n",
        "bids",
        "id-twice",
        'pass "bids" stands twice',
        alone=False,
    ),
    Planted(
        "link twice",
        "  - id: takes_up\n    label: Takes up inv",
        "  - id: answers\n    label: Takes up inv",
        "answers",
        "id-twice",
        'link "answers" stands twice',
        alone=False,
    ),
    Planted(
        "class declared twice",
        "invite, uptake, positive,",
        "invite, uptake, invite, positive,",
        "invite",
        "id-twice",
        'class "invite" is declared twice',
    ),
    Planted(
        "window upside down",
        ANSWERS,
        ANSWERS.replace("min: 0.0", "min: 7"),
        "min: 7",
        "min-above-max",
        'min 7 is above max 5 in window_s of link "answers"',
        alone=False,
    ),
    Planted(
        "ages upside down",
        "{min: 2, max: 24,",
        "{min: 30, max: 24,",
        "30",
        "min-above-max",
        "min 30 is above max 24 in age_months of the scheme",
    ),
    Planted(
        "default outside its limits",
        "  - id: repaired_hold_s\n    default: 2.0",
        "  - id: repaired_hold_s\n    default: 9.0",
        "default: 9",
        "outside-limits",
        'default 9 of parameter "repaired_hold_s" is outside its limits, 1 to 5',
        alone=False,
    ),
    Planted(
        "parameter that leads nowhere",
        "links.answers.window_s.max",
        "links.answer.window_s.max",
        "links",
        "unknown-path",
        "leads to no number",
    ),
    Planted(
        "negative duration",
        "min_duration_s: 0.5",
        "min_duration_s: -0.5",
        "min",
        "out-of-limits",
        '"min_duration_s" in code "look" is -0.5; it must be at least 0',
    ),
    Planted(
        "finer than time",
        "min_duration_s: 0.5",
        "min_duration_s: 0.0000001",
        "min",
        "too-fine",
        "whole microseconds",
    ),
    Planted(
        "unknown track in a pass",
        "tracks: [dyad_state]",
        "tracks: [dyad_states]",
        "dyad",
        "unknown-track",
        'unknown track "dyad_states" in pass "states" (did you mean "dyad_state"?)',
    ),
    Planted(
        "unknown track in a walk",
        "walk: {over_track: infant_bid,",
        "walk: {over_track: infant_bids,",
        "walk",
        "unknown-track",
        'in walk of pass "responses" (did you mean "infant_bid"?)',
    ),
    Planted(
        "unknown code in a walk",
        "codes: [ruptured], lead_s",
        "codes: [rupture], lead_s",
        "codes",
        "unknown-code",
        'unknown code "rupture" in walk of pass "repair" (did you mean "ruptured"?)',
    ),
    Planted(
        "unknown pass in a profile",
        "passes: [watch, bids, responses, check]",
        "passes: [watch, bid, responses, check]",
        "passes",
        "unknown-pass",
        'unknown pass "bid" in profile "bids_only" (did you mean "bids"?)',
    ),
    Planted(
        "unknown subject",
        "    label: Infant bids\n    subject: infant",
        "    label: Infant bids\n    subject: baby",
        "baby",
        "unknown-subject",
        'unknown subject "baby" in track "infant_bid"',
    ),
    Planted(
        "unknown modifier",
        "modifiers: [match_dimension, shift]",
        "modifiers: [match_dimension, shfit]",
        "shfit",
        "unknown-modifier",
        '(did you mean "shift"?)',
    ),
    Planted(
        "unknown link on a track",
        "links: [answers]",
        "links: [answer]",
        "links",
        "unknown-link",
        'unknown link "answer" in track "caregiver_response" (did you mean "answers"?)',
        alone=False,
    ),
    Planted(
        "link of another track",
        "links: [takes_up]",
        "links: [repair_of]",
        "links",
        "link-elsewhere",
        'begins on another track, "rupture_repair"',
        alone=False,
    ),
    Planted(
        "unknown track in a link",
        "    to_track: caregiver_invite",
        "    to_track: caregiver_invites",
        "to_track",
        "unknown-track",
        'in link "takes_up" (did you mean "caregiver_invite"?)',
    ),
    Planted(
        "unknown code in a link",
        "from_codes: [repair_attempt, repaired]",
        "from_codes: [repair_attempt, repair]",
        "from_codes",
        "unknown-code",
        'unknown code "repair" in link "repair_of" (did you mean "repaired"?)',
    ),
    Planted(
        "unknown bid that a code answers",
        "applies_to_bids: [break_signal, look]",
        "applies_to_bids: [break_signal, lok]",
        "applies",
        "unknown-code",
        '(did you mean "look"?)',
    ),
    Planted(
        "default that is not offered",
        "    default: warm",
        "    default: warmth",
        "default",
        "unknown-value",
        'unknown value "warmth" in modifier "tone" (did you mean "warm"?)',
    ),
    Planted(
        "unknown code that a modifier spares",
        '      - {id: object, label: Object, key: "5"}\n    not_for: [no_answer,',
        '      - {id: object, label: Object, key: "5"}\n    not_for: [noanswer,',
        "not_for",
        "unknown-code",
        'in modifier "modality" (did you mean "no_answer"?)',
    ),
    Planted(
        "default code that is not on the track",
        "default_code: null",
        "default_code: atuned",
        "default",
        "unknown-code",
        '(did you mean "attuned"?)',
    ),
    Planted(
        "unknown track in a measure",
        "base: {track: caregiver_invite}",
        "base: {track: caregiver_invited}",
        "base",
        "unknown-track",
        'in base of measure "uptake_rate"',
    ),
    Planted(
        "unknown code in a measure",
        "codes: [matches_feeling]",
        "codes: [matches_feelings]",
        "codes",
        "unknown-code",
        '(did you mean "matches_feeling"?)',
    ),
    Planted(
        "code of the wrong track through a link",
        "count_if: {link: takes_up, codes: [takes_up]}",
        "count_if: {link: takes_up, codes: [joins]}",
        "count_if",
        "unknown-code",
        'unknown code "joins" in count_if of measure "uptake_rate"',
    ),
    Planted(
        "unknown class in a measure",
        "from_classes: [response]",
        "from_classes: [responses]",
        "from",
        "unknown-class",
        '(did you mean "response"?)',
    ),
    Planted(
        "class that no code of the track bears",
        "    to: {classes: [together]}",
        "    to: {classes: [comfort]}",
        "to:",
        "class-never",
        'class "comfort" in to of measure "state_repair_latency" is borne by no code of track dyad_state',
        severity="warning",
    ),
    Planted(
        "unknown link in a measure",
        "    link: answers\n    from_cl",
        "    link: anwsers\n    from_cl",
        "link",
        "unknown-link",
        '(did you mean "answers"?)',
    ),
    Planted(
        "unknown modifier in a measure",
        "count_if: {modifier: initiator,",
        "count_if: {modifier: initiators,",
        "count_if",
        "unknown-modifier",
        '(did you mean "initiator"?)',
    ),
    Planted(
        "unknown value in a measure",
        "values: [infant, both]",
        "values: [infants, both]",
        "values",
        "unknown-value",
        'unknown value "infants"',
    ),
    Planted(
        "unknown pass in a measure",
        "requires_passes: [bids,",
        "requires_passes: [bid,",
        "requires",
        "unknown-pass",
        'in measure "response_contingency" (did you mean "bids"?)',
    ),
    Planted(
        "unknown kind of measure",
        "kind: run_latency",
        "kind: run_latencies",
        "kind",
        "unknown-measure-kind",
        '(did you mean "run_latency"?)',
        alone=False,
    ),
    Planted(
        "all of something",
        "    track: infant_bid\n    codes: all",
        "    track: infant_bid\n    codes: al",
        "codes: al",
        "unknown-word",
        '(did you mean "all"?)',
    ),
    Planted(
        "exhaustive but not exclusive",
        "    exclusive: true\n    exhaustive: true",
        "    exclusive: false\n    exhaustive: true",
        "exhaustive",
        "exhaustive",
        "must be exclusive too",
    ),
    Planted(
        "exhaustive points",
        "links: [takes_up]",
        "exhaustive: true\n    links: [takes_up]",
        "exhaustive",
        "field-twice",
        '"exhaustive"',
        alone=False,
    ),
    Planted(
        "points that fill the time",
        "    duration: none\n    exclusive: false\n    exhaustive: false",
        "    duration: none\n    exclusive: true\n    exhaustive: true",
        "exhaustive",
        "exhaustive",
        "only states and bins fill the time",
    ),
    Planted(
        "no way to say unseen, exhaustive",
        UNSEEN,
        UNSEEN.replace("key: u", "key: b"),
        "",
        "no-uncodable-code",
        'track "dyad_state" has no uncodable code on key "u"',
        severity="warning",
    ),
    Planted(
        "unknown kind of track",
        "    kind: state",
        "    kind: stat",
        "kind",
        "unknown-track-kind",
        'unknown track kind "stat" in track "dyad_state" (did you mean "state"?)',
        alone=False,
    ),
    Planted(
        "version that is none",
        'version: "1.0.0"',
        'version: "1.0"',
        "version",
        "bad-version",
        "use three numbers",
    ),
    Planted(
        "version that is a number",
        'version: "1.0.0"',
        "version: 1.0",
        "version",
        "wrong-sort",
        'put it in quotes, "1.0"',
    ),
    Planted(
        "format from elsewhere",
        'imhcode_scheme: "1.0"',
        'imhcode_scheme: "2.0"',
        "imh",
        "unknown-word",
        '"imhcode_scheme" in the scheme is "2.0"',
    ),
    Planted("id that is none", "id: abr\n", "id: A B R\n", "id", "bad-id", "small letters"),
    Planted(
        "truth that is none",
        "    exclusive: true\n    exhaustive: true",
        "    exclusive: yes\n    exhaustive: true",
        "exclusive",
        "wrong-sort",
        '"exclusive" in track "dyad_state" must be true or false, not "yes"',
        alone=False,
    ),
    Planted(
        "item that is no word",
        "classes: [bid, pause]",
        "classes: [bid, 7, pause]",
        "7",
        "wrong-sort",
        'an item of "classes" in code "break_signal" must be text: put it in quotes, "7"',
    ),
    Planted(
        "no unseen where answers are counted",
        '        label: Cannot tell\n        key: u\n        color: "#999999"\n        uncodable: true\n        definition: >-\n          The infant',
        '        label: Cannot tell\n        key: u\n        color: "#999999"\n        definition: >-\n          The infant',
        "",
        "no-uncodable-code",
        'track "infant_uptake" has no uncodable code on key "u"',
        severity="warning",
    ),
    Planted(
        "list that is none",
        "classes: [together]\n",
        "classes: together\n",
        "classes",
        "wrong-sort",
        '"classes" in code "side_by_side" must be a list, not "together"',
    ),
    Planted(
        "choice without values",
        "    type: text\n    required: false\n    max_length: 200\n",
        "    type: choice\n    required: false\n    max_length: 200\n",
        "max_length",
        "no-choice",
        'modifier "corrected_cue_note" is a choice and takes no "max_length"',
        alone=False,
    ),
    Planted(
        "field twice",
        "    label: Infant bids\n    subject: infant\n",
        "    label: Infant bids\n    label: Bids\n    subject: infant\n",
        "label: Bids",
        "field-twice",
        '"label" stands twice in track "infant_bid" (first on line ',
    ),
]


def _read(tmp_path: Path, text: str):
    path = tmp_path / "abr.yaml"
    path.write_text(text, "utf-8")
    return read_document(path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_a_planted_fault_is_found_on_its_line(case: Planted, tmp_path: Path):
    document, findings = _read(tmp_path, case.text)
    found = [one for one in findings if one.rule == case.rule]
    assert found, findings
    first = next((one for one in found if case.says in one.message), None)
    assert first is not None, [one.message for one in found]
    assert first.severity == case.severity
    if case.at:
        assert first.line == case.line
    if case.alone:
        assert len(findings) == 1, findings
    assert (document is None) == (case.severity == "error")


def test_a_clash_is_worded_as_promised(tmp_path: Path):
    text = ABR.replace(BREAK, BREAK.replace("key: s", "key: e"))
    _, (finding,) = _read(tmp_path, text)
    lines = text.splitlines()
    smile = lines.index("        label: Smile bid") + 2
    here = lines.index("        label: Break signal") + 2
    assert finding.at("abr.yaml") == (
        f'abr.yaml:{here}: key "e" used twice on track infant_bid '
        f'by "smile" (line {smile}) and "break_signal"'
    )
    assert finding.where == "tracks.infant_bid.codes.break_signal.key"


def test_all_faults_are_told_at_once_sorted_by_line(tmp_path: Path):
    chosen = [case for case in CASES if case.alone and case.severity == "error"]
    text, kept, lines = ABR, [], set()
    for case in chosen:  # one fault to a line, so that none hides another
        line = ABR.count("\n", 0, ABR.index(case.old))
        if line not in lines and text.count(case.old) == 1 and "\n" not in case.old.strip("\n"):
            text = text.replace(case.old, case.new)
            kept.append(case)
            lines.add(line)
    assert len(kept) > 20
    _, findings = _read(tmp_path, text)
    untold = {
        case.name
        for case in kept
        if not any(one.rule == case.rule and case.says in one.message for one in findings)
    }
    assert untold == set()
    assert [one.line for one in findings] == sorted(one.line for one in findings)


def test_a_refusal_names_the_first_faults_and_counts_the_rest(tmp_path: Path):
    path = tmp_path / "abr.yaml"
    path.write_text(ABR.replace('color: "#', 'color: "'), "utf-8")
    with pytest.raises(SchemeRefused) as refusal:
        load_scheme(path)
    said = str(refusal.value)
    assert said.count("abr.yaml:") == 5
    assert "… and 32 more" in said
    assert '"color" in code "attuned" is "009E73"' in said


def test_a_warning_is_no_reason_to_refuse(tmp_path: Path):
    path = tmp_path / "abr.yaml"
    path.write_text(ABR.replace(LOOK, LOOK.replace("key: q", "key: k")), "utf-8")
    assert load_scheme(path).code("infant_bid", "look").key == "k"


def test_without_passes_all_tracks_share_the_keyboard(tmp_path: Path):
    start, rest = ABR.index("# Which passes a lab"), ABR.index("# Every class a code may bear")
    _, findings = _read(tmp_path, ABR[:start] + ABR[rest:])
    clashes = [one for one in findings if one.rule == "key-twice"]
    assert len(clashes) > 10
    assert all("in a scheme without passes" in one.message for one in clashes)


def test_the_smallest_scheme_is_a_scheme(tmp_path: Path):
    path = tmp_path / "small.yaml"
    path.write_text(
        'imhcode_scheme: "1.0"\nid: small\nversion: "0.1.0"\ntitle: Small\n'
        "subjects: [{id: infant, label: Infant, role: child}]\n"
        "tracks:\n  - id: cry\n    label: Crying\n    subject: infant\n    kind: state\n"
        "    codes: [{id: cries, label: Cries, key: c, min_duration_s: 0.1}]\n",
        "utf-8",
    )
    scheme = load_scheme(path)
    assert scheme.code("cry", "cries").min_duration_us == 100_000
    assert scheme.document["tracks"][0]["codes"][0].keys() == {
        "id",
        "label",
        "key",
        "min_duration_s",
    }
