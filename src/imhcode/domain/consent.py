"""Consent: who has agreed to which use, from when, until when, and who has taken it back.

It is kept as statements that are only ever added to.  A permission holds from its day to its last
day, unless a *no* (a refusal, a withdrawal) is of a later day or was written down later: in doubt
a no wins, whatever the order in which paper forms reach the study.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from imhcode.domain.errors import Refused
from imhcode.domain.family import Person

Use = Literal["treatment", "supervision", "teaching", "research", "family_copy", "public_excerpt"]
USES: tuple[Use, ...] = get_args(Use)
State = Literal["granted", "not_asked", "refused", "expired", "not_yet", "withdrawn"]
STATES: tuple[State, ...] = get_args(State)
Answer = Literal["granted", "refused", "withdrawn"]

#: Words for uses that schemes have beside ours.
_OTHER_WORDS: Mapping[str, Use] = {"show_in_session": "treatment"}

#: How a use is called in a sentence.
USE_WORDS: Mapping[Use, str] = {
    "treatment": "treatment",
    "supervision": "supervision",
    "teaching": "teaching",
    "research": "research",
    "family_copy": "the family's own copy",
    "public_excerpt": "a public excerpt",
}

#: Why somebody stands in the way, by the state of their consent.
STATE_SENTENCES: Mapping[State, str] = {
    "granted": "{label} has agreed to {use}.",
    "not_asked": "{label} has not been asked about {use}.",
    "refused": "{label} has said no to {use}, on {since}.",
    "expired": "{label} had agreed to {use} until {since}; that day is over.",
    "not_yet": "{label} has agreed to {use} from {since} on, not before.",
    "withdrawn": "{label} has taken the agreement to {use} back, on {since}.",
}
NOBODY_SAID = "Nobody has said who is in the picture."
NO_SUCH_PERSON = "Somebody in the picture ({relation}) is not among the people of the family."
STILL_HEARD = "{label} is covered in the picture and may still be heard and recognised."


class NotCovered(Refused):
    """Fields: ``use``, ``why``."""

    sentence = "Consent does not cover {use}. {why}"
    next_step = "Ask those who are meant, cover them in the picture, or choose another stretch."


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One statement of one person about one use.

    Attributes
    ----------
    answer : str
        ``granted``, ``refused`` or ``withdrawn``.
    on : str
        ISO date from which it holds.
    until : str
        ISO date of the last day of a permission; empty if it has no end.
    n : int
        Place in the order in which the dyad's statements were written down.
    """

    id: str
    dyad_id: str
    person_id: str
    use: Use
    answer: Answer
    on: str
    until: str = ""
    note: str = ""
    n: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person's consent to a use stands on a day, and since or until when."""

    state: State
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Somebody, or something unknown, that stands in the way.

    Attributes
    ----------
    person_id : str
        Empty where it is not known who is in the picture.
    sentence : str
        A template, to be translated before it is filled in.
    fields : Mapping of str to str
        What fills it.
    """

    person_id: str
    state: State
    sentence: str
    fields: Mapping[str, str]

    @property
    def message(self) -> str:
        """The sentence, filled in."""
        return self.sentence.format(**self.fields)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a stretch may be put to a use, with everything that stands in the way.

    Attributes
    ----------
    warnings : tuple of Reason
        What to know although it is allowed.
    """

    use: Use
    on: str
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.reasons

    def __bool__(self) -> bool:
        return self.allowed

    def raise_if_refused(self) -> None:
        """Refuse what is not covered, with every reason (`NotCovered`)."""
        if self.reasons:
            why = " ".join(one.message for one in self.reasons)
            raise NotCovered(use=USE_WORDS[self.use], why=why)


def use_meant(word: str) -> Use | None:
    """The use that a scheme's word stands for; ``None`` if it stands for none of ours."""
    return next((use for use in USES if use == word), _OTHER_WORDS.get(word))


def standing(consents: Iterable[Consent], person_id: str, use: Use, on: str) -> Standing:
    """How a person's consent to a use stands on a day.

    >>> yes = Consent(id="1", dyad_id="D", person_id="P", use="research", answer="granted",
    ...               on="2026-03-01", until="2026-03-31", n=1)
    >>> [standing([yes], "P", "research", day).state for day in ("2026-02-28", "2026-03-31")]
    ['not_yet', 'granted']
    """
    about = [one for one in consents if (one.person_id, one.use) == (person_id, use)]
    noes = [one for one in about if one.answer != "granted"]
    yeses = [one for one in about if one.answer == "granted"]
    in_force = [one for one in noes if one.on <= on]
    begun = [one for one in yeses if one.on <= on]
    standing_yes = [one for one in begun if not any(_overrules(no, one) for no in in_force)]
    open_yes = [one for one in standing_yes if not one.until or on <= one.until]
    if open_yes:
        latest = max(open_yes, key=_order)
        return Standing("granted", latest.on, latest.until)
    if standing_yes:
        last = max(standing_yes, key=lambda one: (one.until, *_order(one)))
        return Standing("expired", last.until, last.until)
    if in_force:
        latest = max(in_force, key=_order)
        return Standing("withdrawn" if latest.answer == "withdrawn" else "refused", latest.on)
    to_come = [one for one in yeses if one.on > on and not any(_overrules(no, one) for no in noes)]
    if to_come:
        return Standing("not_yet", min(one.on for one in to_come))
    return Standing("not_asked")


def state_of(consents: Iterable[Consent], person_id: str, use: Use, on: str) -> State:
    """The state of a person's consent to a use on a day."""
    return standing(consents, person_id, use, on).state


def may(
    use: Use,
    people: Iterable[Person],
    consents: Iterable[Consent],
    on: str,
    *,
    masked: Collection[str] = (),
    unknown: Iterable[str] = (),
) -> Verdict:
    """Whether a stretch with these people may be put to a use on a day.

    Parameters
    ----------
    masked : collection of str
        Ids of people who are covered in the picture: they need not have agreed, and are warned of.
    unknown : iterable of str
        What is not known of who is there: see :class:`imhcode.domain.family.InPicture`.
    """
    statements = tuple(consents)
    reasons, warnings = [], []
    for relation in unknown:
        sentence = NO_SUCH_PERSON if relation else NOBODY_SAID
        said = {"relation": relation.replace("_", " ")}
        reasons.append(Reason("", "not_asked", sentence, said))
    for person in people:
        found = standing(statements, person.id, use, on)
        said = {"label": person.label, "use": USE_WORDS[use], "since": found.since}
        if found.state == "granted":
            continue
        if person.id in masked:
            warnings.append(Reason(person.id, found.state, STILL_HEARD, said))
        else:
            reasons.append(Reason(person.id, found.state, STATE_SENTENCES[found.state], said))
    return Verdict(use, on, tuple(reasons), tuple(warnings))


def _order(one: Consent) -> tuple[str, int]:
    return one.on, one.n


def _overrules(no: Consent, yes: Consent) -> bool:
    """A no overrules a yes of an earlier day, and one that was written down before it."""
    return no.on > yes.on or no.n > yes.n
