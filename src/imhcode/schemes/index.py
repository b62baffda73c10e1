"""Everything in a document that can be referred to, by id."""

from collections.abc import Mapping
from dataclasses import dataclass

from imhcode.schemes.building_ratings import variant_id
from imhcode.schemes.place import Place


@dataclass(frozen=True, slots=True)
class Index:
    """What exists.  Of two things with one id the first is meant; the second is a finding.

    Attributes
    ----------
    tracks, derived_tracks, measured
        What is coded, what is worked out from it, and both: what measures may look at.
    ratings, scales
        The rating scales, and these with their variants.
    """

    top: Place
    subjects: Mapping[str, Place]
    audiences: Mapping[str, Place]
    episodes: Mapping[str, Place]
    tracks: Mapping[str, Place]
    derived_tracks: Mapping[str, Place]
    measured: Mapping[str, Place]
    modifiers: Mapping[str, Place]
    links: Mapping[str, Place]
    passes: Mapping[str, Place]
    ratings: Mapping[str, Place]
    scales: Mapping[str, Place]
    measures: Mapping[str, Place]
    classes: tuple[str, ...]

    @classmethod
    def of(cls, top: Place) -> "Index":
        """Look through a document."""
        tracks, derived_tracks = by_id(top, "tracks"), by_id(top, "derived_tracks")
        ratings = by_id(top, "ratings")
        variants = {
            variant_id(rating, alternate): place
            for alternate in by_id(top, "alternate_scales")
            for rating, place in ratings.items()
        }
        return cls(
            top=top,
            subjects=by_id(top, "subjects"),
            audiences=by_id(top, "audiences"),
            episodes=by_id(top.at("episodes"), "set"),
            tracks=tracks,
            derived_tracks=derived_tracks,
            measured={**derived_tracks, **tracks},
            modifiers=by_id(top, "modifiers"),
            links=by_id(top, "links"),
            passes=by_id(top, "passes"),
            ratings=ratings,
            scales={**variants, **ratings},
            measures=by_id(top, "derived"),
            classes=tuple(one.word for one in top.each("class_vocabulary") if one.word),
        )

    def codes(self, track_id: str) -> Mapping[str, Place]:
        """The codes of a track, coded or derived; none if there is no such track."""
        track = self.measured.get(track_id)
        return by_id(track, "codes") if track else {}

    def classes_on(self, track_id: str) -> set[str]:
        """The classes that codes of a track bear."""
        codes = self.codes(track_id).values()
        return {one.word for code in codes for one in code.each("classes")}

    def takers(self, modifier_id: str) -> dict[str, Place]:
        """The codes that take a modifier, by themselves or through their track."""
        found: dict[str, Place] = {}
        for track_id, track in self.tracks.items():
            through_track = modifier_id in words(track, "modifiers")
            for code_id, code in self.codes(track_id).items():
                if through_track or modifier_id in words(code, "modifiers"):
                    found.setdefault(code_id, code)
        return found

    def tracks_taking(self, modifier_id: str) -> set[str]:
        """The tracks on which some code takes a modifier."""
        return {
            track_id
            for track_id, track in self.tracks.items()
            if modifier_id in words(track, "modifiers")
            or any(modifier_id in words(code, "modifiers") for code in track.each("codes"))
        }


def by_id(place: Place, name: str) -> dict[str, Place]:
    """The items of a list that have an id, the first of each."""
    found: dict[str, Place] = {}
    for item in place.each(name):
        if item.id:
            found.setdefault(item.id, item)
    return found


def words(place: Place, name: str) -> list[str]:
    """The words of a list."""
    return [item.word for item in place.each(name) if item.word]
