"""Checks that a scheme declares: what fits, and faults planted in them."""

from typing import get_args

import pytest

from imhcode.domain.checks import DECLARED
from imhcode.schemes.document import read_document
from imhcode.schemes.models.checks import Check
from imhcode.schemes.shipped import find_scheme

ABR = find_scheme("abr").read_text("utf-8")
BEFORE = ABR[: ABR.index("\nchecks:\n") + 1]

HEAD = "checks:\n  - id: mine\n    severity: info\n    message: Look again.\n"
LINE = BEFORE.count("\n") + HEAD.count("\n") + 1  #: of the check's kind

FAULTS = {
    "no such kind": (["kind: nearby"], 0, "unknown-check-kind", "near"),
    "no such link": (["kind: linked", "link: answer"], 1, "unknown-link", 'did you mean "answers"'),
    "a field that belongs to another kind": (
        ["kind: covers", "track: dyad_state", "link: answers"],
        2,
        "unknown-field",
        '"link"',
    ),
    "a field that is missing": (["kind: not_before"], None, "missing-field", 'lacks "link"'),
    "no such track": (["kind: covers", "track: dyad"], 1, "unknown-track", "dyad_state"),
    "a track that may have gaps": (
        ["kind: covers", "track: infant_bid"],
        1,
        "not-exhaustive",
        "not exhaustive",
    ),
    "no such code at that end of the link": (
        ["kind: discouraged", "link: answers", "from: {codes: [look]}", "to: {codes: [look]}"],
        2,
        "unknown-code",
        '"look"',
    ),
    "no such code in events": (
        ["kind: near", "events: {track: infant_bid, codes: [lok]}", "to: [{track: dyad_state}]",
         "within_s: 1"],
        1,
        "unknown-code",
        'did you mean "look"',
    ),
    "no such code in a list of events": (
        ["kind: near", "events: {track: infant_bid}", "to: [{track: dyad_state, codes: [calm]}]",
         "within_s: 1"],
        2,
        "unknown-code",
        '"calm"',
    ),
    "a class that no code of the track bears": (
        ["kind: no_overlap", "events: {track: infant_bid}",
         "with: {track: dyad_state, classes: [fitting]}"],
        2,
        "class-never",
        '"fitting"',
    ),
    "no such episode": (
        ["kind: episode_length", "episodes: [playing]", "min_s: 3"],
        1,
        "unknown-episode",
        '"playing"',
    ),
    "no such value of a modifier": (
        ["kind: balance", "events: {track: infant_bid, modifier: clarity, values: [dim]}",
         "per: {track: infant_bid}", "min: 3"],
        1,
        "unknown-value",
        '"dim"',
    ),
    "values of no modifier": (
        ["kind: balance", "events: {track: infant_bid, values: [clear]}",
         "per: {track: infant_bid}", "min: 3"],
        1,
        "values-of-nothing",
        "no modifier",
    ),
    "upside down": (
        ["kind: linked", "link: answers", "min: 3", "max: 2"],
        3,
        "min-above-max",
        "min 3 is above max 2",
    ),
    "a negative distance": (
        ["kind: near", "events: {track: infant_bid}", "to: [{track: dyad_state}]", "within_s: -1"],
        3,
        "out-of-limits",
        "at least 0",
    ),
    "words instead of a kind": (["rule: every bid has an answer"], None, "missing-field", "kind"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_in_a_check_is_found_on_its_line(name, tmp_path):
    fields, at, rule, said = FAULTS[name]
    path = tmp_path / "planted.yaml"
    path.write_text(BEFORE + HEAD + "".join(f"    {one}\n" for one in fields), "utf-8")
    _, findings = read_document(path)
    told = [(one.rule, one.line) for one in findings]
    line = LINE - 3 if at is None else LINE + at
    assert any(one.rule == rule and said in one.message for one in findings), findings
    assert (rule, line) in told


def test_checks_that_fit_raise_no_finding(tmp_path):
    path = tmp_path / "whole.yaml"
    path.write_text(ABR, "utf-8")
    assert [one for one in read_document(path)[1] if one.where.startswith("checks")] == []


def test_what_can_be_declared_is_acted_on_here_or_known_to_be_acted_on_elsewhere():
    kinds = {
        get_args(one.model_fields["kind"].annotation)[0] for one in get_args(get_args(Check)[0])
    }
    assert kinds == set(DECLARED.names())
