"""A scheme with every sort of modifier and a link, as a study keeps it: a whole document."""

from typing import Any

from imhcode.schemes.building import scheme_from_document

DOCUMENT: dict[str, Any] = {
    "imhcode_scheme": "1.0",
    "id": "answering",
    "version": "1.0.0",
    "title": "Bids and answers",
    "subjects": [
        {"id": "infant", "label": "Infant", "role": "child"},
        {"id": "dyad", "label": "Dyad", "role": "group"},
    ],
    "tracks": [
        {
            "id": "state",
            "label": "State",
            "subject": "dyad",
            "kind": "state",
            "exclusive": True,
            "exhaustive": True,
            "codes": [
                {"id": "together", "label": "Together", "classes": ["matched", "near"]},
                {"id": "apart", "label": "Apart, or =far"},
            ],
        },
        {
            "id": "bid",
            "label": "Bids",
            "subject": "infant",
            "kind": "point",
            "duration": "optional",
            "modifiers": ["clarity", "how", "words", "times"],
            "codes": [{"id": "look", "label": "Look"}, {"id": "smile", "label": "Smile"}],
        },
        {
            "id": "answer",
            "label": "Answers",
            "subject": "dyad",
            "kind": "point",
            "codes": [{"id": "joins", "label": "Joins in"}],
        },
    ],
    "modifiers": [
        {
            "id": "clarity",
            "label": "Clarity",
            "type": "choice",
            "required": True,
            "values": [{"id": "clear", "label": "Clear"}, {"id": "faint", "label": "Faint"}],
        },
        {
            "id": "how",
            "label": "How",
            "type": "multi",
            "values": [
                {"id": "voice", "label": "Voice"},
                {"id": "face", "label": "Face"},
                {"id": "touch", "label": "Touch"},
            ],
        },
        {"id": "words", "label": "Words", "type": "text", "max_length": 200},
        {"id": "times", "label": "Times", "type": "number"},
    ],
    "passes": [{"id": "bids", "label": "Bids", "order": 1, "tracks": ["bid"]}],
    "links": [{"id": "answers", "label": "Answers", "from_track": "answer", "to_track": "bid"}],
}

ANSWERING = scheme_from_document(DOCUMENT)
