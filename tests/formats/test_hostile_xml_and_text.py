"""Files that mean harm or were harmed: ELAN, Praat and subtitles; each with its sentence."""

import os
import sys
import tracemalloc

import pytest

from imhcode.domain.errors import Refused, Trouble
from imhcode.formats import FORMATS
from imhcode.formats.file_bytes import LARGEST_BYTES
from imhcode.formats.strict_xml import DEEPEST, LONGEST_TEXT

BODY = (
    '<HEADER TIME_UNITS="milliseconds"/><TIME_ORDER>'
    '<TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="1000"/><TIME_SLOT TIME_SLOT_ID="t2" TIME_VALUE="2000"/>'
    '<TIME_SLOT TIME_SLOT_ID="neg" TIME_VALUE="-5"/><TIME_SLOT TIME_SLOT_ID="inf" TIME_VALUE="INF"/>'
    f'<TIME_SLOT TIME_SLOT_ID="far" TIME_VALUE="{"9" * 5000}"/>'
    '<TIME_SLOT TIME_SLOT_ID="late" TIME_VALUE="99999999999999"/>'
    '<TIME_SLOT TIME_SLOT_ID="frac" TIME_VALUE="1.5"/></TIME_ORDER>'
)
TYPES = (
    '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="d"/>'
    '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="sa" CONSTRAINTS="Symbolic_Association"/>'
    '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="ss" CONSTRAINTS="Symbolic_Subdivision"/>'
)


def annotation(name, start="t1", end="t2", value="x"):
    return (
        f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="{name}" TIME_SLOT_REF1="{start}" '
        f'TIME_SLOT_REF2="{end}"><ANNOTATION_VALUE>{value}</ANNOTATION_VALUE>'
        "</ALIGNABLE_ANNOTATION></ANNOTATION>"
    )


def referring(name, to):
    return (
        f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="{name}" ANNOTATION_REF="{to}">'
        "<ANNOTATION_VALUE>y</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
    )


def tier(name, kind, *annotations, **more):
    said = "".join(f' {key}="{value}"' for key, value in more.items())
    return (
        f'<TIER TIER_ID="{name}" LINGUISTIC_TYPE_REF="{kind}"{said}>{"".join(annotations)}</TIER>'
    )


def document(*tiers, prolog=""):
    inner = "".join(tiers)
    return f'{prolog}<ANNOTATION_DOCUMENT FORMAT="3.0">{BODY}{inner}{TYPES}</ANNOTATION_DOCUMENT>'


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
GRID = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n9\n<exists>\n'
ONE_TIER = GRID + '1\n"IntervalTier"\n"a"\n0\n9\n'

REFUSED = {
    "entities that swell": (
        ".eaf",
        document(prolog=f'<!DOCTYPE x [<!ENTITY a0 "ha">{BOMB}]>'),
        "declares a document type in line 1",
    ),
    "an entity that is another file": (
        ".eaf",
        document(prolog='<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
        "declares a document type in line 2",
    ),
    "a document type from elsewhere": (
        ".etf",
        document(prolog='<!DOCTYPE x SYSTEM "http://example.org/x.dtd">'),
        "declares a document type",
    ),
    "200,000 elements inside one another": (".eaf", "<ANNOTATION_DOCUMENT>" + "<a>" * 200_000, f"more than {DEEPEST} deep"),
    "an entity nobody declared": (".eaf", document(tier("a", "d", annotation("a", value="&e;"))), "undefined entity"),
    "a file that stops half-way": (".eaf", document(tier("a", "d", annotation("a")))[:-40], "is not whole XML: in line 1"),
    "an empty file": (".eaf", "", "no element found"),
    "a picture": (".eaf", b"\x89PNG\r\n\x1a\n\0\0\0", "is not whole XML"),
    "a NUL in the text": (".eaf", document(tier("a", "d", annotation("a", value="x\0y"))), "is not whole XML"),
    "two bytes that are no UTF-8": (".eaf", document().encode() + b"\xff\xfe", "is not whole XML"),
    "an encoding that is none": (".eaf", '<?xml version="1.0" encoding="x-none"?>' + document(), "is not whole XML"),
    "a lone surrogate": (".eaf", document(tier("a", "d", annotation("a", value="\ud800"))), "is not whole XML"),
    "XML of another program": (".eaf", "<html><body/></html>", "it begins with <html>"),
    "a value of ten million letters": (
        ".eaf",
        document(tier("a", "d", annotation("a", value="x" * 10_000_000))),
        f"a text of more than {LONGEST_TEXT:,} characters",
    ),
    "a thousand and one tiers": (".eaf", document('<TIER TIER_ID="a"/>' * 1001), "more than 1000 tiers"),
    "a vocabulary without end": (
        ".etf",
        document('<CONTROLLED_VOCABULARY CV_ID="v">' + "<CV_ENTRY>x</CV_ENTRY>" * 10_001),
        "more than 10000 words in a vocabulary",
    ),
    "two attributes of one name": (".eaf", document().replace("FORMAT=", 'FORMAT="2" FORMAT='), "duplicate attribute"),
    "no TextGrid": (".TextGrid", "hello\n", "its first line does not say “ooTextFile”"),
    "an empty TextGrid": (".TextGrid", "", "its first line does not say “ooTextFile”"),
    "a pitch object of Praat": (".TextGrid", GRID.replace("TextGrid", "Pitch 1"), "of the class “Pitch 1”"),
    "Praat's binary form": (".TextGrid", b"ooBinaryFile\x08TextGrid\xff\xff", "binary form|cannot be decoded"),
    "Praat's chronological form": (".TextGrid", '"Praat chronological TextGrid text file"\n0 9\n', "chronological form"),
    "more tiers than there are": (".TextGrid", GRID + "999999999\n", "the file ends where a text in quotes should stand"),
    "more intervals than there are": (".TextGrid", ONE_TIER + '999999999\n0\n9\n"x"\n', "the file ends where a time"),
    "a number of intervals that is none": (".TextGrid", ONE_TIER + f"{'9' * 5000}\n", "is not how many there are"),
    "a tier of no known class": (".TextGrid", GRID + '1\n"PitchTier"\n"a"\n', "“PitchTier” is not a class of tiers"),
    "a text that never ends": (".TextGrid", ONE_TIER + '1\n0\n9\n"x' + "y" * 100_000, "stops making sense at line"),
    "quotes without end": (".TextGrid", ONE_TIER + "1\n0\n9\n" + '"' * 100_001, "a text begins and does not end|stops making sense"),
    "a time that is no number": (".TextGrid", ONE_TIER + '1\n0\nnan\n"x"\n', '"x" stands where a time should stand'),
    "an infinite time": (".TextGrid", ONE_TIER + '1\n0\n1e999\n"x"\n', "is not a time"),
    "a time in a thousand years": (".TextGrid", ONE_TIER + '1\n0\n99999999999\n"x"\n', "is not a time"),
    "a label of ten million letters": (".TextGrid", ONE_TIER + '1\n0\n9\n"' + "x" * 10_000_000 + '"\n', "more than 1,000,000 characters"),
    "NULs in a TextGrid": (".TextGrid", ONE_TIER + '1\n0\n9\n"x\0y"\n', "holds a NUL character|cannot be decoded"),
    "half a UTF-16 letter": (".TextGrid", b"\xfe\xff" + ONE_TIER.encode("utf-16-be") + b"\xd8", "cannot be decoded as UTF-16-BE"),
    "no subtitles": (".vtt", "hello\n", "its first line does not say WEBVTT"),
    "the head of WebVTT and more": (".vtt", "WEBVTTX\n\n", "its first line does not say WEBVTT"),
    "bytes that are no UTF-8": (".vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n\xff\xfe\n", "line 4 cannot be decoded as UTF-8"),
    "a NUL in a cue": (".vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nx\0y\n", "line 4 holds a NUL"),
    "SubRip without times": (".srt", "1\nhello\n", "no line says from when to when"),
    "an empty SubRip": (".srt", "", "no line says from when to when"),
}  # fmt: skip

DIRTY = {
    "a reference to nothing": (tier("b", "sa", referring("b", "gone")), "refers-to-nothing"),
    "a subdivision of nothing": (tier("b", "ss", referring("b", "gone")), "refers-to-nothing"),
    "references in a circle": (
        tier("b", "sa", referring("b", "c")) + tier("c", "sa", referring("c", "b")),
        "goes-round",
    ),
    "a reference to itself": (tier("b", "ss", referring("b", "b")), "goes-round"),
    "references without end": (
        "".join(tier(f"d{n}", "sa", referring(f"n{n}", f"n{n + 1}")) for n in range(500)),
        "too-deep",
    ),
    "a tier that is its own parent": (tier("b", "d", annotation("b", "gone"), PARENT_REF="b"), "no-time"),
    "a time slot that is not there": (tier("b", "d", annotation("b", "gone")), "no-time"),
    "a negative time": (tier("b", "d", annotation("b", "neg")), "negative-time"),
    "an infinite time": (tier("b", "d", annotation("b", "t1", "inf")), "not-a-time"),
    "a time of 5,000 digits": (tier("b", "d", annotation("b", "t1", "far")), "not-a-time"),
    "a time in a thousand years": (tier("b", "d", annotation("b", "t1", "late")), "not-a-time"),
    "half a millisecond": (tier("b", "d", annotation("b", "frac")), "not-a-time"),
    "an end before its beginning": (tier("b", "d", annotation("b", "t2", "t1")), "offset-before-onset"),
    "an annotation without slots": (tier("b", "d", annotation("b", "", "")), "no-time"),
}  # fmt: skip


def saved(folder, suffix, text):
    path = folder / f"x{suffix}"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return path


def reader(suffix):
    return next(one for one in FORMATS if suffix.lower() in one.suffixes)


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_file_is_refused_with_a_sentence_and_little_memory(tmp_path, case):
    suffix, text, sentence = REFUSED[case]
    path = saved(tmp_path, suffix, text)
    format_ = reader(suffix)
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match=sentence) as refusal:
            format_.read(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert path.name in refusal.value.text()
    assert peak < 10_000_000 + 6 * path.stat().st_size


@pytest.mark.parametrize("case", DIRTY)
def test_what_is_wrong_in_one_annotation_is_found_and_nothing_else_is_lost(tmp_path, case):
    dirt, rule = DIRTY[case]
    good = tier("good", "d", annotation("g", value="fine"))
    reading = reader(".eaf").read(saved(tmp_path, ".eaf", document(dirt, good)))
    errors = [one for one in reading.findings if one.severity == "error"]
    assert rule in {one.rule for one in errors}
    assert all(one.line and "tier “" in one.where for one in errors)
    assert [one.code for one in reading.events if one.track == "good"] == ["fine"]
    assert reading.found == len(reading.events) + len(errors)


def test_ids_that_are_there_twice_lose_nothing(tmp_path):
    text = document(
        tier("a", "d", annotation("one"), annotation("one", value="z")),
        tier("a", "d", annotation("two")),
        tier("how", "sa", referring("r", "one"), PARENT_REF="a"),
    )
    reading = reader(".eaf").read(saved(tmp_path, ".eaf", text))
    assert [(one.track, one.code, one.modifiers) for one in reading.events] == [
        ("a", "x", (("how", ("y",)),)),
        ("a", "z", ()),
        ("a (2)", "x", ()),
    ]
    assert [one.rule for one in reading.findings] == ["id-twice", "id-twice"]


def test_a_mark_of_ours_that_somebody_broke_makes_the_file_another_programs(tmp_path):
    for mark in ("{", "[]", '{"tiers": 1}', '{"session": {"id": 3}, "tiers": {}}', "[" * 100_000,
                 '{"session": {"id": "s"}, "tiers": {}, "shift_ms": 1e999}',
                 '{"session": {"id": "s"}, "tiers": {}, "shift_ms": ' + "9" * 4000 + "}"):  # fmt: skip
        text = document(tier("a", "d", annotation("one")))
        header = (
            f'<HEADER TIME_UNITS="milliseconds"><PROPERTY NAME="imhcode">{mark}</PROPERTY></HEADER>'
        )
        text = text.replace('<HEADER TIME_UNITS="milliseconds"/>', header)
        (event,) = reader(".eaf").read(saved(tmp_path, ".eaf", text)).events
        assert (event.track, event.onset_us, event.session.id) == ("a", 1_000_000, "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such device")
@pytest.mark.parametrize("suffix", [".eaf", ".TextGrid", ".vtt", ".srt"])
def test_what_is_no_file_is_not_read(tmp_path, suffix):
    os.mkfifo(tmp_path / f"x{suffix}")
    with pytest.raises(Trouble, match="it is not a file"):
        reader(suffix).read(tmp_path / f"x{suffix}")
    with pytest.raises(Trouble, match="cannot be read"):
        reader(suffix).read(tmp_path / f"gone{suffix}")


def test_a_file_of_more_than_the_cap_is_never_read(tmp_path):
    path = tmp_path / "x.eaf"
    with path.open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)  # takes no room on the disk
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match="larger than 1000 MB"):
            reader(".eaf").read(path)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
