"""The agreement report says what the table says, and nothing from outside the page."""

import base64
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from imhcode.reports.agreement_figures import confusion_figure
from imhcode.reports.bands import BANDS
from imhcode.services.agreement import agreement
from imhcode.services.agreement_report import agreement_page
from imhcode.services.demo import make_demo
from imhcode.services.studies import StudyService


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with StudyService.open(make_demo(tmp_path_factory.mktemp("demo"))) as study:
        yield study, agreement(study)


def drawings(page):
    for encoded in re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", page):
        yield ET.fromstring(base64.b64decode(encoded))


def test_the_page_shows_kappas_of_time_and_events_of_every_track(demo):
    study, found = demo
    page = agreement_page(study, found)
    for row in found.comparisons[0].rows:
        if row.level == "pooled" and not row.code and row.index in ("kappa_time", "kappa_event"):
            assert f"{row.value:.3f}" in page
    for track in found.comparisons[0].scheme.tracks:
        assert f"<h2>{track.label}</h2>" in page


def test_the_methods_quote_the_parameters(demo):
    study, found = demo
    page = agreement_page(study, found)
    for words in (
        "Attunement, Bids and Repair (version 1.0.0)",
        "costs of 0 for a match, 1 for a substitution and 1 for a gap",
        "2 s (rupture repair)",
        "60% of the longer one",
        "1.9 min of codable time, without 0.1 min left out",
        found.analysis_id,
        found.parameters.digest(),
    ):
        assert words in page


def test_every_difference_is_listed(demo):
    study, found = demo
    page = agreement_page(study, found)
    listed = page[page.index("<h2>Disagreements</h2>") :]
    assert listed.count("<tr>") == 1 + 39  # a head, and every documented difference
    assert "−15 frames" in listed


def test_nothing_is_fetched_from_outside(demo):
    page = agreement_page(*demo)
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="(?!data:)', page) == []


def test_words_for_kappas_are_off_unless_asked_for_and_name_their_author(demo):
    assert "Landis" not in agreement_page(*demo)
    assert "substantial" not in agreement_page(*demo)
    page = agreement_page(*demo, bands="landis-koch")
    assert "Landis &amp; Koch 1977" in page
    assert "0.788 (substantial)" in page


def test_bands_cover_every_kappa():
    for bands in BANDS.values():
        assert [bands.word(value) for value in (-1, -0.2, 0, 0.5, 1)]
    assert BANDS["landis-koch"].word(0.8099) == "substantial"
    assert BANDS["landis-koch"].word(0.81) == "almost perfect"


def test_a_confusion_figure_has_its_numbers_and_margins():
    table = np.array([[4.0, 1, 0], [0, 7, 0], [0, 0, 0]])
    (drawing,) = drawings(confusion_figure(table, ["a", "b", "never"]).address)
    words = [one.text for one in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert sorted(words) == sorted(["a", "b", "a", "b", "4", "1", "7", "5", "7", "4", "8", "12"])


def test_names_in_figures_are_escaped():
    (drawing,) = drawings(confusion_figure(np.eye(1), ["<b>&"]).address)
    assert "<b>&" in [one.text for one in drawing.iter("{http://www.w3.org/2000/svg}text")]
