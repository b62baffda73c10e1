"""The coding manual of a scheme: everything a coder has to know, in the author's words."""

from collections.abc import Iterator

from imhcode.domain.scheme import Code, LinkRule, Modifier, Pass, RatingScale, Scheme, Track
from imhcode.reports.pages import page_of_scheme, seconds, words


def coding_manual(scheme: Scheme) -> str:
    """The manual as one HTML page, without anything outside it."""
    return page_of_scheme(
        "coding_manual.html",
        scheme,
        facts=list(_facts(scheme)),
        promise=lambda track: _promise(scheme, track),
        particulars=lambda track, code: list(_particulars(scheme, track, code)),
        answers=_answers,
        said_of_pass=lambda one: list(_said_of_pass(scheme, one)),
        said_of_link=lambda link: list(_said_of_link(scheme, link)),
        said_of_rating=lambda rating: list(_said_of_rating(scheme, rating)),
        taken_by=lambda modifier: _taken_by(scheme, modifier),
    )


def _facts(scheme: Scheme) -> Iterator[tuple[str, str]]:
    plain = scheme.document
    if scheme.age:
        corrected = ", corrected for prematurity" if scheme.age.corrected else ""
        ages = f"{scheme.age.min_months:g} to {scheme.age.max_months:g} months{corrected}"
        yield "Ages", ages
    if plain.get("contexts"):
        yield "Contexts", ", ".join(words(one) for one in plain["contexts"])
    length = plain.get("recommended_sample_s")
    if length:
        yield "Length of recording", f"{length['min'] / 60:g} to {length['max'] / 60:g} minutes"
    yield "Who is coded", ", ".join(one.label for one in scheme.subjects)
    yield "Version", f"{scheme.id} {scheme.version}"
    yield "Fingerprint", scheme.content_hash[:16]


def _promise(scheme: Scheme, track: Track) -> str:
    said = [f"{track.kind}s of {scheme.subject_label(track.subject)}"]
    if track.exclusive:
        said.append("one code at a time")
    if track.exhaustive:
        said.append("no gaps")
    if track.takes_duration:
        said.append("an end may be given")
    if track.bins:
        said.append(f"in steps of {seconds(track.bins.length_us)}")
    if track.min_duration_us:
        said.append(f"at least {seconds(track.min_duration_us)} long")
    if track.min_gap_us:
        said.append(f"less than {seconds(track.min_gap_us)} apart counts as one")
    return ", ".join(said)


def _particulars(scheme: Scheme, track: Track, code: Code) -> Iterator[tuple[str, str]]:
    asked = [one.label for one in scheme.modifiers_for(track, code)]
    rows = (
        ("Starts", code.start),
        ("Stops", code.stop),
        ("Includes", "; ".join(code.include)),
        ("Not", "; ".join(code.exclude)),
        ("Example", " / ".join(code.examples)),
        ("At least", seconds(code.min_duration_us) if code.min_duration_us else ""),
        ("Ages", _ages(code)),
        ("Answers only", ", ".join(words(one) for one in code.answers_only)),
        ("Only in", ", ".join(words(one) for one in code.only_in_episodes)),
        ("Counts as", ", ".join(words(one) for one in code.classes)),
        ("Then asked", ", ".join(asked)),
        ("Prompt", code.flag.text if code.flag else ""),
        ("Evidence", "out of sight or hearing; in no denominator" if code.uncodable else ""),
    )
    return ((title, text) for title, text in rows if text)


def _ages(code: Code) -> str:
    if code.age is None:
        return ""
    if code.age.max_months >= 1_200:  # the format's way of having no upper end
        return f"from {code.age.min_months:g} months"
    return f"{code.age.min_months:g} to {code.age.max_months:g} months"


def _answers(modifier: Modifier) -> str:
    if modifier.values:
        return ", ".join(f"{one.key} {one.label}".strip() for one in modifier.values)
    if modifier.type == "number":
        limits = [f"{one:g}" for one in (modifier.minimum, modifier.maximum) if one is not None]
        return " ".join(("a number", " to ".join(limits), modifier.unit)).strip()
    return {"text": "a few words", "subject": "who it is about"}.get(modifier.type, "a choice")


def _taken_by(scheme: Scheme, modifier: Modifier) -> str:
    found = []
    for track in scheme.tracks:
        codes = [
            code.label for code in track.codes if modifier in scheme.modifiers_for(track, code)
        ]
        if modifier.id in track.modifiers:
            found.append(track.label)
        else:
            found += codes
    return ", ".join(found)


def _said_of_pass(scheme: Scheme, one: Pass) -> Iterator[str]:
    labels = [track.label for track in map(scheme.track, one.tracks) if track]
    labels += [scale.label for scale in map(scheme.rating, one.ratings) if scale]
    yield f"Codes {', '.join(labels)}." if labels else "Codes nothing."
    if one.playback:
        sound = "with sound" if one.playback.audio else "without sound"
        yield f"Watched at {one.playback.speed:g}× {sound}."
    if one.hides:
        yield f"{scheme.subject_label(one.hides)} is covered."
    walk = one.walk
    over = scheme.track(walk.over_track) if walk else None
    if walk and over:
        yield (
            f"Goes from event to event of {over.label}, from {seconds(walk.lead_us)} before "
            f"each to {seconds(walk.tail_us)} after."
        )


def _said_of_link(scheme: Scheme, link: LinkRule) -> Iterator[str]:
    ends = [scheme.track(one) for one in (link.from_track, link.to_track)]
    from_, to = (one.label if one else "" for one in ends)
    yield f"From {from_} to {to}, {words(link.cardinality)}."
    if link.required:
        yield "Every event has one."
    window = link.window
    if window.max_us is not None:
        yield f"From {seconds(window.min_us)} to {seconds(window.max_us)} after the onset."
    for months, max_us in window.by_age:
        yield f"Up to {months:g} months: to {seconds(max_us)}."
    if link.one_counts:
        yield f"The {link.one_counts} one counts."


def _said_of_rating(scheme: Scheme, rating: RatingScale) -> Iterator[str]:
    scale = rating.scale
    yield f"{scale.minimum:g} to {scale.maximum:g}, of {scheme.subject_label(rating.subject)}."
    if rating.allow_not_applicable:
        why = f" if {rating.not_applicable_if}" if rating.not_applicable_if else ""
        yield f"May be not applicable{why}."
    if rating.evidence_min:
        track = scheme.track(rating.evidence_track)
        yield f"Evidence from {track.label if track else ''}: at least {rating.evidence_min}."
    if rating.flag:
        yield rating.flag.text
