"""Parts of the language that no shipped scheme uses, from a file to a value."""

from imhcode.schemes.document import load_scheme, read_document

OWN = """\
imhcode_scheme: "1.0"
id: own
version: "0.1.0"
title: Own
subjects:
  - {id: child, label: Child, role: child}
  - {id: parent, label: Parent, role: caregiver, allow_instances: true}
approval: {state: pilot, by: The lab, "on": "2026-11-22"}
gold_standards: [{id: g1, label: First clip, where: shelf 3}]
passes:
  - {id: first, order: 1, label: First, tracks: [touch]}
  - {id: second, order: 2, label: Second, tracks: [touch], ratings: [calm]}
tracks:
  - id: touch
    label: Touch
    subject: parent
    kind: state
    entry: hold
    min_gap_s: 0.5
    only_in_episodes: [play]
    modifiers: [pressure, whom, later]
    links: [before]
    codes:
      - {id: stroke, label: Stroke, key: s, valence: positive, example_clip: stroke.mp4}
episodes: {set: [{id: play, label: Play}]}
modifiers:
  - {id: pressure, label: Pressure, type: number, min: 0, max: 10, step: 0.5, unit: N}
  - {id: whom, label: Whom, type: subject, default: child}
  - id: later
    label: How
    type: choice
    in_pass: second
    values: [{id: soft, label: Soft, key: "1"}]
links:
  - id: before
    label: Comes before
    from_track: touch
    to_track: touch
    window_s: {min: -2, max: 1.5}
rating_defaults: {scale: {min: 0, max: 3}}
ratings:
  - id: calm
    label: Calm
    subject: child
    scale: {min: 1, max: 4, allow_half: true}
    anchors: {1: no, 2.5: some, 4: yes}
"""


def test_what_a_lab_writes_arrives(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(OWN, "utf-8")
    assert read_document(path)[1] == []
    scheme = load_scheme(path)
    track = scheme.track("touch")
    assert (track.entry, track.min_gap_us, track.only_in_episodes) == ("hold", 500_000, ("play",))
    assert track.codes[0].example_clip == "stroke.mp4"
    pressure, whom, later = scheme.modifiers
    limits = (pressure.minimum, pressure.maximum, pressure.step, pressure.unit)
    assert (pressure.type, *limits) == ("number", 0, 10, 0.5, "N")
    assert (whom.type, whom.default) == ("subject", "child")
    assert later.in_pass == "second"
    window = scheme.link("before").window
    assert (window.min_us, window.max_us) == (-2_000_000, 1_500_000)
    calm = scheme.rating("calm")
    assert (calm.scale.minimum, calm.scale.allow_half, calm.scope) == (1, True, ("session",))
    assert [(one.value, one.text) for one in calm.anchors] == [(1, "no"), (2.5, "some"), (4, "yes")]
    assert (calm.evidence_min, calm.confidences, calm.blind) == (0, (), False)
    assert scheme.pass_("second").ratings == ("calm",)
    assert scheme.document["approval"]["state"] == "pilot"
