"""What the values of text columns stand for: the codes of each track, roles, measures, episodes."""

from collections.abc import Iterable, Mapping

from imhcode.domain.scheme import Scheme

Labels = Mapping[str, Mapping[str, str]]

ROLES = {
    "primary": "Primary",
    "reliability": "Reliability",
    "training": "Training",
    "gold": "Gold standard",
    "consensus": "Consensus",
}


def labels_of(schemes: Iterable[Scheme]) -> dict[str, dict[str, str]]:
    """For each column with values of a list, each value and its words; the first scheme's count.

    A track whose codes may hold at once says several in one cell: its column is not among them.
    """
    found: dict[str, dict[str, str]] = {
        "coding_role": dict(ROLES),
        "episode_id": {},
        "measure_id": {},
    }
    for scheme in schemes:
        for kind in scheme.episodes.kinds:
            found["episode_id"].setdefault(kind.id, kind.label)
        for one in scheme.document.get("derived", ()):
            found["measure_id"].setdefault(one["id"], one["label"])
        for track in scheme.tracks:
            if track.exclusive and track.kind != "point":
                codes = found.setdefault(track.id, {})
                for code in track.codes:
                    codes.setdefault(code.id, code.label)
        for derived in scheme.document.get("derived_tracks", ()):
            codes = found.setdefault(derived["id"], {})
            for one in derived.get("codes", ()):
                codes.setdefault(one["id"], one["label"])
    return {name: values for name, values in found.items() if values}
