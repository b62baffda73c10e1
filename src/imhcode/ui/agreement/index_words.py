"""Indices of agreement in the words of papers, with what each is."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

#: of ratings, in the order in which they are read
OF_RATINGS: Sequence[str] = (
    "kappa_weighted_quadratic",
    "kappa_weighted_linear",
    "within_one",
    "percent_agreement",
    "icc_1_1",
    "icc_2_1",
    "icc_3_1",
    "icc_1_k",
    "icc_2_k",
    "icc_3_k",
    "alpha_nominal",
    "alpha_ordinal",
    "alpha_interval",
    "alpha_ratio",
)
#: of measures, the one to report first
OF_MEASURES: Sequence[str] = (
    "icc_2_1",
    "icc_1_1",
    "icc_3_1",
    "icc_1_k",
    "icc_2_k",
    "icc_3_k",
)
#: of more than two coders
OF_SEVERAL: Sequence[str] = (
    "kappa_fleiss",
    "kappa_light",
    "alpha_nominal",
    "alpha_ordinal",
    "alpha_interval",
    "alpha_ratio",
)
#: of whole tracks, in which a criterion can be set
OF_TRAINING: Sequence[str] = (
    "kappa_event",
    "kappa_time",
    "kappa_time_tolerance",
    "kappa_event_linked",
    "kappa_on_matched",
    "percent_agreement",
    "pabak",
    "ac1",
)


def tr(text: str) -> str:
    """Translate the name of an index, or what it is."""
    return QCoreApplication.translate("Indices", text)


def index_words(name: str) -> tuple[str, str]:
    """What an index is called, and what it is; its own name where nothing shorter is known."""
    return {
        "kappa_weighted_quadratic": (
            tr("κ weighted, quadratic"),
            tr("Cohen's weighted kappa on all points of the scale; far apart counts squared"),
        ),
        "kappa_weighted_linear": (
            tr("κ weighted, linear"),
            tr("Cohen's weighted kappa on all points of the scale; each point apart counts"),
        ),
        "kappa_event": (
            tr("κ of events"),
            tr("Kappa of aligned events within the tolerance; missed events count"),
        ),
        "kappa_time": (tr("κ of time"), tr("Cohen's kappa on codable time, exact")),
        "kappa_time_tolerance": (
            tr("κ of time, with tolerance"),
            tr("As κ of time, where boundaries may differ by the tolerance"),
        ),
        "kappa_event_linked": (
            tr("κ of linked events"),
            tr("States linked by overlap of 60 % of the longer one"),
        ),
        "kappa_on_matched": (
            tr("κ of matched events"),
            tr("Codes of events that both have; missed events do not count"),
        ),
        "pabak": (tr("PABAK"), tr("Kappa if codes were equally frequent and coders unbiased")),
        "ac1": (tr("AC1"), tr("Gwet's coefficient")),
        "within_one": (tr("within one point"), tr("Share of scores at most one point apart")),
        "percent_agreement": (
            tr("equal"),
            tr("Share on which both say the same; alone not enough"),
        ),
        "icc_1_1": ("ICC(1,1)", tr("Each session was scored by other coders")),
        "icc_2_1": ("ICC(2,1)", tr("Absolute agreement of coders drawn from many; one scores")),
        "icc_3_1": ("ICC(3,1)", tr("Consistency of these coders; one scores")),
        "icc_1_k": ("ICC(1,k)", tr("As ICC(1,1), for the mean of the coders")),
        "icc_2_k": ("ICC(2,k)", tr("As ICC(2,1), for the mean of the coders")),
        "icc_3_k": ("ICC(3,k)", tr("As ICC(3,1), for the mean of the coders")),
        "kappa_fleiss": (
            tr("κ of Fleiss"),
            tr("Chance from the mean of all coders' margins; codable time, exact"),
        ),
        "kappa_light": (tr("κ of Light"), tr("Mean of Cohen's kappa over all pairs of coders")),
        "alpha_nominal": (tr("α nominal"), tr("Krippendorff's alpha: same or other")),
        "alpha_ordinal": (tr("α ordinal"), tr("Krippendorff's alpha: distances of ranks")),
        "alpha_interval": (tr("α interval"), tr("Krippendorff's alpha: squared distances")),
        "alpha_ratio": (tr("α ratio"), tr("Krippendorff's alpha: distances as shares")),
    }.get(name, (name, ""))
