"""A plain list of codes becomes a scheme, or says which lines cannot."""

import pytest

from imhcode.schemes.document import findings_in
from imhcode.schemes.editing import SchemeText
from imhcode.schemes.errors import ListRefused, SchemeFileUnreadable
from imhcode.schemes.from_list import id_from, read_list
from imhcode.schemes.vocabulary import scheme_text_of

LIST = """\
code,key,kind,track,label,subject,modifiers,exclusive,exhaustive,uncodable,color
face,q,state,Gaze,Looks at the face,infant,,yes,yes,,#009E73
away,W,state,Gaze,,infant,,,,,
unseen,u,state,Gaze,Cannot see,infant,,,,x,

smile,q,point,Smiles,,infant,strength=slight|broad; remark,,,,
"Tickles, pokes",w,point,Touch,,mother,strength,,,,
"""


def listed(tmp_path, text, name="our_list.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_list(path)


def test_a_list_becomes_a_scheme_without_a_finding(tmp_path):
    text = SchemeText(scheme_text_of(listed(tmp_path, LIST)))
    assert findings_in(text.source) == []
    plain = text.plain
    assert (plain["id"], plain["title"], plain["version"]) == ("our_list", "Our list", "0.1.0")
    assert [track["id"] for track in plain["tracks"]] == ["gaze", "smiles", "touch"]
    gaze, smiles, touch = plain["tracks"]
    assert (gaze["exclusive"], gaze["exhaustive"]) == (True, True)
    assert [code["key"] for code in gaze["codes"]] == ["q", "w", "u"]
    assert [code["label"] for code in gaze["codes"]] == ["Looks at the face", "Away", "Cannot see"]
    assert gaze["codes"][0]["color"] == "#009E73"
    assert len({code["color"] for code in gaze["codes"]}) == 3
    assert gaze["codes"][2]["uncodable"]
    assert smiles["codes"][0]["modifiers"] == ["strength", "remark"]
    assert touch["codes"] == [
        {"id": "tickles_pokes", "label": "Tickles, pokes", "key": "w", "color": "#0072B2",
         "modifiers": ["strength"]}
    ]  # fmt: skip
    assert [one["role"] for one in plain["subjects"]] == ["child", "caregiver"]
    assert [one["type"] for one in plain["modifiers"]] == ["choice", "text"]
    assert [one["tracks"] for one in plain["passes"]] == [["gaze"], ["smiles"], ["touch"]]


def test_without_shared_keys_everything_is_coded_at_once(tmp_path):
    plain = SchemeText(
        scheme_text_of(listed(tmp_path, "code,key,kind,track\na,a,point,T\nb,b,point,U\n"))
    ).plain
    assert "passes" not in plain


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffcode;key;kind;track\r\na;q;point;Ä b\r\n",
        "Track\tKind\tKey\tCode\nÄ b\tPoint\tQ\ta\n",
    ],
)
def test_lists_as_spreadsheets_save_them_are_read(tmp_path, text):
    vocabulary = listed(tmp_path, text)
    (track,) = vocabulary.tracks
    assert (track.id, track.label, track.kind) == ("a_b", "Ä b", "point")
    assert [(code.id, code.key) for code in track.codes] == [("a", "q")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "our_list.csv:1: the list is empty"),
        ("code,key,kind,track\n", "there is no code below"),
        ("code,key,kind\na,q,point\n", "our_list.csv:1: the column “track” is missing"),
        ("code,kay,key,kind,track\n", "no column is called “kay” (did you mean"),
        (
            "code,key,kind,track\na,q,pont,T\n",
            '2: “pont” is no kind of track (did you mean "point"?)',
        ),
        ("code,key,kind,track\na,q,,T\n", "2: the kind is missing"),
        ("code,key,kind,track\na,qq,point,T\n", "2: the key “qq” must be exactly one character"),
        ("code,key,kind,track\n,q,point,T\n", "2: the code is missing"),
        ("code,key,kind,track\na,q,point,\n", "2: the track is missing"),
        ("code,key,kind,track\na,q,point,T\nA,w,point,T\n", "3: the code “a” stands twice"),
        (
            "code,key,kind,track\na,q,point,T\nb,w,state,T\n",
            "3: the track “t” has the kind “point”",
        ),
        ("code,key,kind,track\nשלום,q,point,T\n", "2: “שלום” gives no id"),
        ("code,key,kind,track\na,q,point,T,more\n", "2: more cells than columns"),
        ("code,key,kind,track,color\na,q,point,T,red\n", "2: the colour “red” must be #"),
        ("code,key,kind,track,uncodable\na,q,point,T,perhaps\n", "2: “perhaps” under “uncodable”"),
        ("code,key,kind,track,modifiers\na,q,point,T,=x\n", "2: “=x” is no modifier"),
        (b"code,key,kind,track\n\xe4,q,point,T\n", "2: the text is not UTF-8"),
    ],
)
def test_a_line_that_cannot_be_understood_is_named(tmp_path, text, said):
    with pytest.raises(ListRefused) as refused:
        listed(tmp_path, text)
    assert said in refused.value.text()


def test_all_faults_come_at_once(tmp_path):
    rows = "".join(f"c{n},qq,pont,T\n" for n in range(20))
    with pytest.raises(ListRefused) as refused:
        listed(tmp_path, f"code,key,kind,track\n{rows}")
    assert refused.value.text().count("our_list.csv:") == 8
    assert "and 12 more" in refused.value.text()


def test_a_list_that_is_not_there_is_trouble(tmp_path):
    with pytest.raises(SchemeFileUnreadable):
        read_list(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("words", "made"), [("Öl & Co.", "ol_co"), ("2 hands", "x_2_hands"), ("  ", ""), ("שלום", "")]
)
def test_an_id_is_made_of_words(words, made):
    assert id_from(words) == made
