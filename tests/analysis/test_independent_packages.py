"""Our indices equal those of other people's packages, where one has them."""

import krippendorff
import numpy as np
import pytest
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa

from imhcode.analysis.agreement import INDICES
from imhcode.analysis.agreement.category_agreement_time import pi
from imhcode.analysis.agreement.kappa_time import kappa
from imhcode.analysis.intraclass import FORMS, icc
from imhcode.analysis.many_coders import alpha, fleiss
from imhcode.analysis.spans import Spans, Union
from imhcode.analysis.sweep import time_table

HOUR = 3_600_000_000


def random_lane(random, n_codes, length):
    edges = np.unique(random.integers(0, length, random.integers(2, 60)))
    onsets, offsets = edges[:-1], edges[1:]
    keep = random.random(len(onsets)) < 0.8
    codes = random.integers(0, n_codes, len(onsets))
    return Spans(onsets[keep], offsets[keep], codes[keep])


def test_two_hundred_random_pairs_equal_scikit_learn_weighted_by_durations():
    random = np.random.default_rng(5)
    window = Union.of(np.array([0]), np.array([HOUR]))
    furthest = 0.0
    for _ in range(200):
        n_codes = int(random.integers(2, 9))
        a, b = random_lane(random, n_codes, HOUR), random_lane(random, n_codes, HOUR)
        edges = np.unique(np.concatenate([[0, HOUR], a.onsets, a.offsets, b.onsets, b.offsets]))
        theirs = cohen_kappa_score(
            a.at(edges[:-1]), b.at(edges[:-1]), sample_weight=np.diff(edges).astype(float)
        )
        furthest = max(furthest, abs(float(kappa(time_table(a, b, n_codes, window))) - theirs))
    assert furthest <= 1e-12


@pytest.mark.parametrize("weights", ["linear", "quadratic"])
def test_weighted_kappa_equals_scikit_learn_on_the_whole_scale(weights):
    random = np.random.default_rng(7)
    for _ in range(50):
        a, b = random.integers(1, 6, (2, 40))
        table = np.zeros((7, 7))
        np.add.at(table, (a, b), 1)
        ours = float(INDICES[f"kappa_weighted_{weights}"].of(table))
        theirs = cohen_kappa_score(a, b, labels=list(range(7)), weights=weights)
        assert ours == pytest.approx(theirs, abs=1e-12)


def test_kappa_equals_statsmodels():
    random = np.random.default_rng(3)
    for _ in range(50):
        table = random.integers(0, 30, (4, 4)).astype(float) + np.eye(4) * 20
        assert float(kappa(table)) == pytest.approx(cohens_kappa(table).kappa, abs=1e-12)


def test_fleiss_equals_statsmodels():
    random = np.random.default_rng(4)
    for _ in range(20):
        ratings = random.integers(0, 4, (30, 5)).astype(float)
        counts = (ratings[:, :, None] == np.arange(4)).sum(axis=1)
        assert fleiss(ratings) == pytest.approx(fleiss_kappa(counts), abs=1e-12)


def test_pi_and_nominal_alpha_equal_nltk():
    random = np.random.default_rng(6)
    for _ in range(20):
        said = random.integers(0, 3, (40, 2))
        task = AnnotationTask(
            [(coder, unit, int(said[unit, coder])) for unit in range(40) for coder in (0, 1)]
        )
        table = np.zeros((3, 3))
        np.add.at(table, (said[:, 0], said[:, 1]), 1)
        assert float(pi(table)) == pytest.approx(task.pi(), abs=1e-12)
        assert alpha(said.astype(float), "nominal") == pytest.approx(task.alpha(), abs=1e-12)


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_with_missing_values_equals_krippendorff(metric):
    random = np.random.default_rng(8)
    for _ in range(20):
        ratings = random.integers(1, 6, (25, 4)).astype(float)
        ratings[random.random(ratings.shape) < 0.2] = np.nan
        theirs = krippendorff.alpha(reliability_data=ratings.T, level_of_measurement=metric)
        assert alpha(ratings, metric) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.filterwarnings("ignore")  # pingouin uses what pandas is about to drop
def test_all_intraclass_correlations_equal_pingouin():
    pandas = pytest.importorskip("pandas")
    pingouin = pytest.importorskip("pingouin")
    random = np.random.default_rng(9)
    scores = random.normal(size=(12, 1)) + random.normal(scale=0.6, size=(12, 3))
    long = pandas.DataFrame(
        [(i, j, scores[i, j]) for i in range(12) for j in range(3)],
        columns=["target", "coder", "score"],
    )
    theirs = pingouin.intraclass_corr(long, targets="target", raters="coder", ratings="score")
    column = "CI95" if "CI95" in theirs else "CI95%"
    for form, value, (low, high) in zip(
        ("1_1", "2_1", "3_1", "1_k", "2_k", "3_k"), theirs["ICC"], theirs[column], strict=True
    ):
        ours = icc(scores, form)
        assert form in FORMS
        assert ours.value == pytest.approx(value, abs=1e-9), form
        assert (ours.low, ours.high) == pytest.approx((low, high), abs=0.006), form
