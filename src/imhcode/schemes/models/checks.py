"""Checks that a scheme declares: one model for each kind, chosen by ``kind``.

The same names stand in :mod:`imhcode.domain.checks`, where each kind is acted on.  A new kind is
one more class here, one more name in :data:`Check`, and one module there.
"""

from typing import Annotated, Literal

from pydantic import Discriminator, Field

from imhcode.schemes.models.part import Id, Part, Seconds, Several, Text

AtLeastOne = Annotated[int, Field(ge=1, le=1_000)]
Percent = Annotated[float, Field(ge=0, le=100)]


class Events(Part):
    """Events of one track: all, or those with one of the codes or classes named.

    ``modifier`` and ``values`` narrow them to events for which one of the values was chosen.
    """

    track: Id
    """The track they lie on."""
    codes: Several[Id]
    """Those with one of these codes."""
    classes: Several[Id]
    """Those with a code that bears one of these classes."""
    modifier: Id | None = None
    """A modifier that narrows them."""
    values: Several[Id]
    """Chosen values of which one is enough."""


class CodesOrClasses(Part):
    """Codes or classes of a track that is known from elsewhere."""

    codes: Several[Id]
    """These codes."""
    classes: Several[Id]
    """Codes that bear one of these classes."""


class _Check(Part):
    id: Id
    """What a finding of it is called."""
    severity: Literal["error", "warning", "info"]
    """error: numbers may be wrong; warning: perhaps unfinished; info: worth a look."""
    message: Text
    """What the coder reads; a sentence or a question."""


class Linked(_Check):
    """Each event at one end of a link has so many of them.

    ``end: to`` (as if left out) looks at what is answered: every bid has an answer.
    ``end: from`` looks at what answers.
    """

    kind: Literal["linked"]
    """How often an event is linked."""
    link: Id
    """The link that is counted."""
    end: Literal["from", "to"] = "to"
    """Which end is looked at: to, what is answered; from, what answers."""
    codes: Several[Id]
    """Only events with these codes."""
    classes: Several[Id]
    """Only events whose codes bear these classes."""
    min: Annotated[int, Field(ge=0, le=1_000)] = 1
    """At least so many links."""
    max: AtLeastOne | None = None
    """At most so many links; as many as you like if left out."""


class NotBefore(_Check):
    """An answer begins no earlier than what it answers."""

    kind: Literal["not_before"]
    """Answers come after what they answer."""
    link: Id
    """The link."""


class Discouraged(_Check):
    """Some codes should not be linked to some others."""

    kind: Literal["discouraged"]
    """Links that are doubtful."""
    link: Id
    """The link."""
    from_: Annotated[CodesOrClasses, Field(alias="from")]
    """What answers."""
    to: CodesOrClasses
    """What is answered."""


class Covers(_Check):
    """A track fills the coded range without gap or overlap."""

    kind: Literal["covers"]
    """No gap, no overlap."""
    track: Id
    """The track."""


class Near(_Check):
    """Each event begins within so many seconds of an event of another sort.

    ``edge: onset`` measures to its onset; ``edge: stretch`` (as if left out) to the nearest
    instant at which it holds.
    """

    kind: Literal["near"]
    """Something near."""
    events: Events
    """Those that must have another near them."""
    to: Annotated[list[Events], Field(min_length=1)]
    """What must be near; one of them is enough."""
    within_s: Seconds
    """How near, in seconds, before or after."""
    edge: Literal["onset", "stretch"] = "stretch"
    """To what of the other the distance is measured."""


class Contains(_Check):
    """Each event contains, or adjoins within so many seconds, at least so many others."""

    kind: Literal["contains"]
    """Something inside."""
    events: Events
    """Those that must contain others."""
    what: Events
    """What they contain."""
    min: AtLeastOne = 1
    """At least so many."""
    within_s: Seconds = 0
    """So far outside still counts."""


class NoOverlap(_Check):
    """Events of one sort do not hold at the same time as events of another."""

    kind: Literal["no_overlap"]
    """Never together."""
    events: Events
    """The one sort."""
    with_: Annotated[Events, Field(alias="with")]
    """The other sort."""


class InEpisodes(_Check):
    """Events lie inside episodes of some kinds, or outside them."""

    kind: Literal["in_episodes"]
    """Where in the procedure."""
    events: Events
    """The events."""
    episodes: Annotated[list[Id], Field(min_length=1)]
    """The kinds of episode."""
    inside: bool = True
    """true: only inside them; false: only outside them."""


class EpisodeOrder(_Check):
    """Episodes of these kinds come in this order and do not overlap."""

    kind: Literal["episode_order"]
    """Order of the procedure."""
    episodes: Annotated[list[Id], Field(min_length=2)]
    """The kinds of episode in their order."""


class EpisodeLength(_Check):
    """Episodes of these kinds last at least, or at most, so long."""

    kind: Literal["episode_length"]
    """Length of episodes."""
    episodes: Annotated[list[Id], Field(min_length=1)]
    """The kinds of episode."""
    min_s: Seconds = 0
    """At least so long, in seconds."""
    max_s: Seconds | None = None
    """At most so long, in seconds."""


class ShareOfEpisode(_Check):
    """Events of one sort take at most, or at least, such a part of each episode's time."""

    kind: Literal["share_of_episode"]
    """Part of an episode."""
    events: Events
    """The events whose time is summed up."""
    episodes: Annotated[list[Id], Field(min_length=1)]
    """The kinds of episode."""
    min_pct: Percent = 0
    """At least this part of the episode, in per cent."""
    max_pct: Percent = 100
    """At most this part of the episode, in per cent."""


class RatingEvidence(_Check):
    """Ratings that are not NA rest on at least so many events.

    ``ratings`` chooses scales (all if left out), ``values`` the scores that are meant (any).
    """

    kind: Literal["rating_evidence"]
    """Evidence of ratings."""
    ratings: Several[Id]
    """The scales; all if left out."""
    values: Several[float]
    """The scores; any if left out."""
    min: AtLeastOne = 1
    """At least so many events."""


class Balance(_Check):
    """For each event of one sort there are at least so many of another."""

    kind: Literal["balance"]
    """Enough of one for each of another."""
    events: Events
    """What there must be enough of."""
    per: Events
    """For each of these."""
    min: AtLeastOne
    """So many."""


class PeopleConsent(_Check):
    """Everybody in these stretches has agreed to such a use."""

    kind: Literal["people_consent"]
    """Consent of those in the picture."""
    events: Events
    """The stretches."""
    use: Id
    """What must have been agreed to."""


class NeverShown(_Check):
    """Events that may not be seen in some views, nor their words in what is seen there."""

    kind: Literal["never_shown"]
    """Kept out of sight."""
    events: Events
    """The events."""
    views: Annotated[list[Id], Field(min_length=1)]
    """Where they must not be seen."""


Check = Annotated[
    Linked
    | NotBefore
    | Discouraged
    | Covers
    | Near
    | Contains
    | NoOverlap
    | InEpisodes
    | EpisodeOrder
    | EpisodeLength
    | ShareOfEpisode
    | RatingEvidence
    | Balance
    | PeopleConsent
    | NeverShown,
    Discriminator("kind"),
]
