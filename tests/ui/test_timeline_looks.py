"""Codes can be told apart by colour, by pattern without colour, and by letter."""

from itertools import combinations

import numpy as np
import pytest

from imhcode.domain.scheme import Code
from imhcode.ui.coding.code_brushes import brush_for, code_look, letter_of, tile_of
from imhcode.ui.coding.timeline_art import pixels_of
from imhcode.ui.theme import HIGH_CONTRAST, THEMES, contrast
from ui.abr_fixture import abr_scheme

pytestmark = pytest.mark.gui  # images need an application

CODES = [code for track in abr_scheme().tracks for code in track.codes]
PATTERNS = ["solid", "dots", "diagonal", "crosshatch", "vertical", "horizontal", "grid", "blank"]


@pytest.fixture(params=THEMES.values(), ids=list(THEMES))
def some_theme(request):
    return request.param


def grey(code: Code, theme) -> np.ndarray:
    look = code_look(code, theme)
    pixels = pixels_of(tile_of(look.pattern, look.fill, look.stroke))
    red, green, blue = ((pixels >> shift) & 255 for shift in (16, 8, 0))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    "color", ["#000000", "#ffffff", "#882255", "#F0E442", "#7f7f7f", "#0000ff"]
)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_any_colour_of_a_scheme_can_be_seen_and_written_on(some_theme, color, pattern):
    look = code_look(Code(id="x", label="X", color=color, pattern=pattern), some_theme)
    needed = 4.5 if some_theme is HIGH_CONTRAST else 3
    assert contrast(look.ink, some_theme.lane) >= needed
    assert contrast(look.ink, some_theme.lane_alt) >= needed
    assert contrast(look.text, look.fill) >= 4.5
    if pattern not in {"solid", "blank"}:
        assert contrast(look.stroke, look.fill) >= 1.6


def test_the_states_of_a_track_differ_without_colour(some_theme):
    for one, other in combinations(abr_scheme().tracks[0].codes, 2):
        shapes = [
            image - image.mean() for image in (grey(one, some_theme), grey(other, some_theme))
        ]
        by_pattern = np.abs(shapes[0] - shapes[1]).max()
        by_shade = abs(grey(one, some_theme).mean() - grey(other, some_theme).mean())
        assert max(by_pattern, by_shade) > 16, (one.id, other.id)


def test_the_codes_of_a_track_differ_by_letter():
    for track in abr_scheme().tracks:
        letters = [letter_of(code) for code in track.codes]
        assert len(set(letters)) == len(letters)


def test_the_colours_of_a_track_differ(some_theme):
    for track in abr_scheme().tracks:
        looks = [code_look(code, some_theme) for code in track.codes if not code.uncodable]
        for one, other in combinations(looks, 2):
            parts = [[int(look.ink[at : at + 2], 16) for at in (1, 3, 5)] for look in (one, other)]
            assert sum(abs(a - b) for a, b in zip(*parts, strict=True)) > 20, (one, other)


@pytest.mark.parametrize("pattern", PATTERNS[1:-1])
def test_a_pattern_has_no_seams(qapp, pattern):
    tile = pixels_of(tile_of(pattern, "#000000", "#ffffff", 4)).astype(np.int64) & 255
    twice = np.tile(tile, (2, 2))
    side = len(tile)
    inside = [np.abs(np.diff(tile, axis=axis)).mean(axis=1 - axis).max() for axis in (0, 1)]
    across = [
        np.abs(twice[side] - twice[side - 1]).mean(),
        np.abs(twice[:, side] - twice[:, side - 1]).mean(),
    ]
    assert across[0] <= inside[0] + 1
    assert across[1] <= inside[1] + 1


def test_a_brush_is_made_once(qapp, some_theme):
    code = CODES[2]
    assert brush_for(code, some_theme) is brush_for(code, some_theme)
    assert not brush_for(code, some_theme).textureImage().isNull()
    assert code_look(CODES[0], some_theme).fill == brush_for(CODES[0], some_theme).color().name()


def test_a_code_without_a_key_has_the_letter_of_its_label():
    assert letter_of(Code(id="x", label="reaching")) == "R"
