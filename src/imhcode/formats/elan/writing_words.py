"""The words of a scheme as linguistic types and controlled vocabularies."""

from collections.abc import Collection, Iterator, Mapping

from imhcode.domain.scheme import Scheme
from imhcode.formats.elan.document import ASSOCIATION
from imhcode.formats.elan.xml_text import as_text, tag


def entry_id(of: str, word: str) -> str:
    """The id of a vocabulary's entry: unique in the document."""
    return f"cve.{of}.{word}"


def modifier_vocabulary(modifier: str) -> str:
    """The id of the vocabulary that holds a modifier's choices."""
    return f"modifier.{modifier}"


def types(said: Mapping[str, tuple[bool, str]]) -> Iterator[str]:
    """Yield the linguistic types: whether each has times, and the vocabulary it takes words of."""
    for name, (alignable, vocabulary) in said.items():
        attributes = {
            "CONSTRAINTS": "" if alignable else ASSOCIATION,
            "CONTROLLED_VOCABULARY_REF": vocabulary,
            "GRAPHIC_REFERENCES": "false",
            "LINGUISTIC_TYPE_ID": name,
            "TIME_ALIGNABLE": "true" if alignable else "false",
        }
        yield tag("LINGUISTIC_TYPE", {key: one for key, one in attributes.items() if one})


def vocabularies(scheme: Scheme, wanted: Collection[str]) -> Iterator[str]:
    """Yield a vocabulary for each track and each modifier that offers choices."""
    for track in scheme.tracks:
        if track.id in wanted:
            codes = {
                code.id: ". ".join(filter(None, (code.label, code.definition)))
                for code in track.codes
            }
            yield from _vocabulary(track.id, track.label, codes)
    for modifier in scheme.modifiers:
        name = modifier_vocabulary(modifier.id)
        if name in wanted:
            yield from _vocabulary(
                name, modifier.label, {one.id: one.label for one in modifier.values}
            )


def _vocabulary(name: str, label: str, words: Mapping[str, str]) -> Iterator[str]:
    yield tag("CONTROLLED_VOCABULARY", {"CV_ID": name}, closed=False)
    yield f'<DESCRIPTION LANG_REF="und">{as_text(label)}</DESCRIPTION>'
    for word, description in words.items():
        entry = tag("CV_ENTRY_ML", {"CVE_ID": entry_id(name, word)}, closed=False)
        value = tag("CVE_VALUE", {"DESCRIPTION": description, "LANG_REF": "und"}, closed=False)
        yield f"{entry}{value}{as_text(word)}</CVE_VALUE></CV_ENTRY_ML>"
    yield "</CONTROLLED_VOCABULARY>"
