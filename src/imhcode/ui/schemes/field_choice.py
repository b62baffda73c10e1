"""Which widget a field gets."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from imhcode.ui.schemes.choice_fields import (
    ChoiceField,
    ColorField,
    WordField,
    WordsField,
    YesNoField,
)
from imhcode.ui.schemes.field_editors import (
    FieldEditor,
    NumberField,
    ProseField,
    TextField,
    TextsField,
    YamlField,
)
from imhcode.ui.schemes.key_field import KeyField

if TYPE_CHECKING:
    from imhcode.schemes.meanings import FieldMeaning

_BY_SORT: dict[str, Callable[["FieldMeaning"], FieldEditor]] = {
    "whole": NumberField,
    "number": NumberField,
    "prose": ProseField,
    "choice": ChoiceField,
    "key": KeyField,
    "texts": TextsField,
    "other": YamlField,
}


def editor_for(meaning: "FieldMeaning", known: Callable[[], Sequence[str]]) -> FieldEditor:
    """The widget for a field; ``known`` says what it may refer to."""
    sort = meaning.sort
    if sort == "yes_no":
        is_open = meaning.default is None and not meaning.required
        return ChoiceField(meaning, (True, False)) if is_open else YesNoField(meaning)
    if sort == "color":
        from imhcode.schemes.vocabulary import COLORS  # noqa: PLC0415  (loads the reader of YAML)

        return ColorField(meaning, COLORS)
    words = known() if sort in ("id", "ids") else ()
    if sort == "ids":
        return WordsField(meaning, words)
    if words:
        return WordField(meaning, words)
    return _BY_SORT.get(sort, TextField)(meaning)
