"""The methods paragraph of an agreement, made from its parameters: ready to cite and to check."""

from collections.abc import Mapping
from typing import Any


def methods(about: Mapping[str, Any]) -> str:
    """How agreement was worked out, in the words of a methods section.

    Parameters
    ----------
    about : Mapping
        As :func:`imhcode.services.agreement_provenance.provenance` gives it.
    """
    said = [_material(one) for one in about["comparisons"]]
    said += [_GROUND, _TIME, _events(about)]
    if any("measures_params_hash" in one for one in about["comparisons"]):
        said.append(_MEASURES)
    said += [_intervals(about), _NO_TESTS]
    said.append(
        f"Computed with imhcode {about['version']} (analysis {about['analysis_id']}, "
        f"parameters {about['params_hash']})."
    )
    return " ".join(said)


_GROUND = (
    "Agreement was computed on the coders' original records over the time that both had declared "
    "as coded; time that either coder called uncodable and excluded episodes were left out, and "
    "codable time without a code counted as a category of its own."
)
_TIME = (
    "Time-based Cohen's kappa (Cohen, 1960; Bakeman, Quera & Gnisci, 2009) was computed exactly "
    "from the durations of all stretches in microseconds, without sampling; kappa with tolerance "
    "followed Bakeman, Deckner & Quera (2005) in both directions, of which the lower is reported "
    "beside the value without tolerance."
)
_MEASURES = (
    "Measures were worked out from each coder's record by itself and compared over the sessions "
    "by intraclass correlations (Shrout & Fleiss, 1979; McGraw & Wong, 1996)."
)
_NO_TESTS = (
    "Time units are autocorrelated, so that no analytic standard errors or p values are given; an "
    "index that is not defined is left empty with its reason."
)


def _events(about: Mapping[str, Any]) -> str:
    parameters = about["parameters"]
    return (
        "For event-based kappa, events were aligned by dynamic programming (Needleman & Wunsch, "
        f"1970; Quera, Bakeman & Gnisci, 2007) with costs {_costs(parameters)}, partners being at "
        f"most {_tolerances(about)} apart (ties: {parameters['ties']}); events without a partner "
        "formed a further category whose joint cell is a structural zero, with chance agreement "
        "under quasi-independence. For single codes the table was collapsed to the code against "
        "everything else, and states were also linked where they shared at least "
        f"{parameters['overlap']:.0%} of the longer one (both Holle & Rein, 2015; not clamped at "
        "zero)."
    )


def _material(one: Mapping[str, Any]) -> str:
    scheme, coders = one["scheme"], one["coders"]
    hidden = f", without {_minutes(one['excluded_s'])} left out" if one["excluded_s"] else ""
    sessions = _counted(one["sessions"], "session")
    return (
        f"{sessions[0].upper()}{sessions[1:]} of {_counted(one['dyads'], 'dyad')} "
        f"({_minutes(one['codable_s'])} of codable time{hidden}) "
        f"{'was' if one['sessions'] == 1 else 'were'} coded independently by "
        f"{_counted(len(coders), 'coder')} with {scheme['title']} (version {scheme['version']})."
    )


def _costs(parameters: Mapping[str, Any]) -> str:
    costs = parameters["costs"]
    return (
        f"of {costs['match']} for a match, {costs['substitution']} for a substitution and "
        f"{costs['gap']} for a gap"
    )


def _tolerances(about: Mapping[str, Any]) -> str:
    found = {value for one in about["comparisons"] for value in one["tolerances_s"].values()}
    if len(found) == 1:
        return f"{found.pop():g} s"
    said = [
        f"{value:g} s ({', '.join(_tracks(about, value))})" for value in sorted(found) if value > 0
    ]
    return " or ".join(said) if said else "0 s"


def _tracks(about: Mapping[str, Any], value: float) -> list[str]:
    return [
        name.replace("_", " ")
        for one in about["comparisons"]
        for name, tolerance in one["tolerances_s"].items()
        if tolerance == value
    ]


def _intervals(about: Mapping[str, Any]) -> str:
    parameters = about["parameters"]
    units = max((one["dyads"] for one in about["comparisons"]), default=0)
    if units < 2:
        return "With a single dyad no interval can be given."
    few = ", which is fewer than ten and makes them rough" if units < 10 else ""
    return (
        f"Intervals are {parameters['level']:.0%} percentile intervals from "
        f"{parameters['draws']:,} draws of {units} whole dyads{few} (seed {parameters['seed']})."
    )


def _counted(number: int, noun: str) -> str:
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
    said = words[number].lower() if number < len(words) else f"{number:,}"
    return f"{said} {noun}" if number == 1 else f"{said} {noun}s"


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.1f} min"
