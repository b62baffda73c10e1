"""The ratings of the open observation: what is asked, what is given, and where one is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal

from imhcode.domain.edit import Edit
from imhcode.domain.episodes import in_order, label_of, number_of
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.rating import Rating
from imhcode.domain.rating_rules import Unfinished, rating_of, unfinished
from imhcode.domain.scheme import RatingScale
from imhcode.services.coding import CodingService
from imhcode.ui.coding.observation_view_model import ObservationViewModel

WHOLE_SESSION = ""  #: stands for no episode
NEAR_US = 2_000_000  #: how far a mark may lie from the frame on screen to be meant


@dataclass(frozen=True, slots=True)
class About:
    """What a rating is about: the session, or one of its episodes."""

    episode: str
    words: str


class RatingModel(QObject):
    """One scale is in focus; whatever is given is one edit.

    Signals
    -------
    moved()
        Another scale is in focus, or other scales are asked.
    changed()
        A rating, an event or an episode is not as it was.

    Parameters
    ----------
    model : ObservationViewModel
        The open observation.
    coding : CodingService
        The same, to be rated.
    hidden : bool
        Whether the ratings must not be seen yet; nothing can be given then either.
    """

    moved = Signal()
    changed = Signal()

    def __init__(
        self,
        model: ObservationViewModel,
        coding: CodingService,
        *,
        hidden: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._coding = coding
        self.is_hidden = hidden
        self.about = WHOLE_SESSION
        self.variant = self._variant_given()
        self._asked: tuple[str, ...] = ()
        self._focus = ""
        model.observation_changed.connect(self._follow)

    # -- what is asked -----------------------------------------------------------------------

    @property
    def observation(self) -> Observation:
        """The observation as it stands."""
        return self._model.observation

    def ask(self, scale_ids: Sequence[str]) -> None:
        """Ask for these scales (those that others are variants of); none of them: all."""
        self._asked = tuple(scale_ids)
        abouts = [one.episode for one in self.abouts()]
        lacking = [one.episode for one in self.lacking() if one.episode in abouts]
        if self.about not in abouts or (lacking and self.about not in lacking):
            self.about = next(iter((*lacking, *abouts)), WHOLE_SESSION)
        self._focus_on(self._focus)

    def abouts(self) -> list[About]:
        """The session and its episodes, as far as any scale is about them."""
        scopes = {scope for scale in self._bases() for scope in scale.scope}
        found = []
        if "session" in scopes:
            words = QCoreApplication.translate("RatingModel", "Whole session")
            found.append(About(WHOLE_SESSION, words))
        if "episode" in scopes:
            rules, episodes = self.observation.scheme.episodes, self._coding.setting.episodes
            numbered = QCoreApplication.translate("RatingModel", "{n} · {episode}")
            found += [
                About(
                    one.id,
                    numbered.format(n=number_of(episodes, one), episode=label_of(rules, one)),
                )
                for one in in_order(episodes)
            ]
        return found

    def scales(self) -> tuple[RatingScale, ...]:
        """The scales asked for what the ratings are about, grouped by subject."""
        scope = "episode" if self.about else "session"
        bases = [one for one in self._bases() if scope in one.scope]
        order = {one.id: at for at, one in enumerate(self.observation.scheme.subjects)}
        bases.sort(key=lambda one: order.get(one.subject, len(order)))
        return tuple(self._varied(one) for one in bases)

    def n_variants(self) -> int:
        """In how many ways the scales can be given; 1 if there is no variant of any."""
        return 1 + max((len(self._variants(one)) for one in self._bases()), default=0)

    def given(self, scale: RatingScale) -> Rating | None:
        """What was given on a scale for what the ratings are about."""
        return rating_of(self.observation, scale.id, self.about)

    def lacking(self) -> tuple[Unfinished, ...]:
        """What is still to be given, of all that is asked."""
        ids = [one.id for one in self._bases()]
        return unfinished(self.observation, self._coding.setting, ids)

    def n_lacking(self) -> int:
        """How many ratings are not ready."""
        return len({(one.scale, one.episode) for one in self.lacking()})

    def lacks(self, scale: RatingScale) -> set[str]:
        """What the rating on a scale still lacks, for what the ratings are about."""
        ids = {scale.id, scale.alternate_of}
        return {
            one.lacks for one in self.lacking() if one.scale in ids and one.episode == self.about
        }

    # -- where one is ------------------------------------------------------------------------

    @property
    def focus(self) -> RatingScale | None:
        """The scale that keys rate."""
        return next((one for one in self.scales() if one.id == self._focus), None)

    def focus_on(self, scale_id: str) -> None:
        """Rate this scale now."""
        self._focus_on(scale_id)

    def move(self, by: int) -> None:
        """Go to a neighbouring scale."""
        ids = [one.id for one in self.scales()]
        if ids:
            at = ids.index(self._focus) + by if self._focus in ids else 0
            self._focus_on(ids[min(max(at, 0), len(ids) - 1)])

    def next_lacking(self) -> bool:
        """Go to the next rating that is not ready, also of another episode; whether there is."""
        lacking = self.lacking()
        here = [self._of_base(one.scale) for one in lacking if one.episode == self.about]
        ids = [one.id for one in self.scales()]
        at = ids.index(self._focus) if self._focus in ids else -1
        ahead = [one for one in (*ids[at + 1 :], *ids[: at + 1]) if one in here]
        if not ahead:
            others = [one for one in lacking if one.episode != self.about]
            if not others:
                return False
            self.about = others[0].episode
            ahead = [self._of_base(others[0].scale)]
        self._focus_on(ahead[0])
        return True

    def next_about(self) -> None:
        """Rate the next episode, or the whole session."""
        abouts = [one.episode for one in self.abouts()]
        if abouts:
            at = abouts.index(self.about) if self.about in abouts else -1
            self.about = abouts[(at + 1) % len(abouts)]
            self._focus_on(self._focus)

    def next_variant(self) -> None:
        """Rate on the next variant of the scales."""
        base = self.focus.alternate_of or self.focus.id if self.focus else ""
        self.variant = (self.variant + 1) % self.n_variants()
        self._focus_on(self._of_base(base))

    # -- giving ------------------------------------------------------------------------------

    def give(
        self,
        *,
        value: float | None = None,
        na_reason: str | None = None,
        confidence: str | None = None,
        evidence: Sequence[str] | None = None,
        comment: str | None = None,
    ) -> Edit | None:
        """Change what is said of the scale in focus; the rest of it stays."""
        scale = self.focus
        if scale is None or self.is_hidden:
            return None
        old = self.given(scale) or Rating(id="", scale=scale.id)
        if value is not None:
            na_reason = ""
        elif na_reason:
            confidence = ""
        return self._model.attempt(
            lambda: self._coding.rate(
                scale.id,
                self.about,
                value=None if na_reason else old.value if value is None else value,
                na_reason=old.na_reason if na_reason is None else na_reason,
                confidence=old.confidence if confidence is None else confidence,
                evidence=old.evidence if evidence is None else tuple(evidence),
                comment=old.comment if comment is None else comment,
            )
        )

    def evidence(self) -> list[tuple[str, Event | None]]:
        """What speaks for the rating in focus, by onset; ``None``: the event is gone."""
        scale = self.focus
        rating = self.given(scale) if scale else None
        timeline = self.observation.timeline
        found = [(one, timeline.get(one)) for one in (rating.evidence if rating else ())]
        return sorted(found, key=lambda one: one[1].onset_us if one[1] else -1)

    def attach(self, at_us: int) -> list[Event]:
        """Let what is selected, or the mark nearest to an instant, speak for the rating.

        Several selected events are meant as they are.  Else it is a mark near the instant: the
        selected one, or the nearest that does not speak for it yet.
        """
        has = {one for one, _ in self.evidence()}
        marks = self._marks()
        chosen = [one for one in marks if one.id in self._model.chosen_ids]
        found = [one for one in chosen if one.id not in has] if len(chosen) > 1 else []
        if not found:
            fresh = [one for one in marks if one.id not in has]
            near = [one for one in fresh if _distance_us(one, at_us) <= NEAR_US]
            selected = [one for one in fresh if one.id == self._model.selected_id]
            nearest = sorted(near, key=lambda one: _distance_us(one, at_us))
            found = ([one for one in selected if one in near] or nearest or selected)[:1]
        if found:
            before = [one for one, _ in self.evidence()]
            self.give(evidence=[*before, *(one.id for one in found)])
        return found

    def detach(self, event_id: str) -> bool:
        """Let an event no longer speak for the rating; whether it did."""
        ids = [one for one, _ in self.evidence()]
        if event_id not in ids:
            return False
        self.give(evidence=[one for one in ids if one != event_id])
        return True

    def mark_beside(self, at_us: int, by: int) -> Event | None:
        """The next mark after an instant, or the one before."""
        later = [one for one in self._marks() if (one.onset_us - at_us) * by > 0]
        return min(later, key=lambda one: abs(one.onset_us - at_us), default=None)

    # -- inside ------------------------------------------------------------------------------

    def _marks(self) -> list[Event]:
        """The events that may speak for the rating in focus."""
        track = self.focus.evidence_track if self.focus else ""
        timeline = self.observation.timeline
        return list(timeline.lane(track)) if track else list(timeline.in_order())

    def _bases(self) -> list[RatingScale]:
        scales = [one for one in self.observation.scheme.ratings if not one.alternate_of]
        return [one for one in scales if not self._asked or one.id in self._asked]

    def _variants(self, base: RatingScale) -> list[RatingScale]:
        return [one for one in self.observation.scheme.ratings if one.alternate_of == base.id]

    def _varied(self, base: RatingScale) -> RatingScale:
        ways = [base, *self._variants(base)]
        return ways[self.variant] if self.variant < len(ways) else base

    def _of_base(self, scale_id: str) -> str:
        """The scale shown for a scale or any variant of it."""
        scale = self.observation.scheme.rating(scale_id)
        base = scale.alternate_of or scale.id if scale else ""
        shown = {one.alternate_of or one.id: one.id for one in self.scales()}
        return shown.get(base, "")

    def _variant_given(self) -> int:
        """The variant that has been used so far."""
        for rating in self.observation.ratings.values():
            scale = self.observation.scheme.rating(rating.scale)
            base = self.observation.scheme.rating(scale.alternate_of) if scale else None
            if scale is not None and base is not None:
                return 1 + self._variants(base).index(scale)
        return 0

    def _focus_on(self, scale_id: str) -> None:
        ids = [one.id for one in self.scales()]
        self._focus = scale_id if scale_id in ids else next(iter(ids), "")
        self.moved.emit()

    def _follow(self, observation: Observation, edit: Edit, cause: str) -> None:
        """Keep up with an edit; what was taken back or brought back comes into focus."""
        del observation
        if edit.ratings and cause != "do":
            rating = edit.ratings[-1].after or edit.ratings[-1].before
            if rating is not None and rating.scale in {
                one.id for base in self._bases() for one in (base, *self._variants(base))
            }:
                self.variant = self._variant_of(rating.scale)
                self.about = rating.episode
                self._focus_on(rating.scale)
                return
        self.changed.emit()

    def _variant_of(self, scale_id: str) -> int:
        scale = self.observation.scheme.rating(scale_id)
        base = self.observation.scheme.rating(scale.alternate_of) if scale else None
        if scale is None or base is None:
            return 0
        return 1 + self._variants(base).index(scale)


def _distance_us(event: Event, at_us: int) -> int:
    """How far an instant lies from an event; 0 inside it."""
    until_us = event.onset_us if event.is_running else event.until_us
    return max(event.onset_us - at_us, at_us - until_us, 0)
