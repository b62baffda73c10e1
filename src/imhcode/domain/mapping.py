"""From one version of a scheme to another: what becomes of every code, modifier, link and rating.

A mapping is a value made by :mod:`imhcode.schemes.mapping` and already known to fit both schemes.
It is complete: what keeps its id is in it too.  :mod:`imhcode.domain.moving` carries it out.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Pair = tuple[str, str]  #: id of a modifier and of one of its values
Where = tuple[str, str]  #: ids of a track and of one of its codes


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRule:
    """What becomes of the events of one code.

    Attributes
    ----------
    old, new : (str, str)
        Track and code before and after; a code that is empty afterwards: the event becomes a
        note.
    having : (str, str) or None
        Only events with this one value of this modifier, which is taken off them.
    setting : (str, str) or None
        The value that events are given.
    choices : tuple of str
        Codes among which a coder has to choose; ``new`` stands until then.
    look : bool
        Whether a coder has to look at each event although its code stays.
    """

    old: Where
    new: Where
    having: Pair | None = None
    setting: Pair | None = None
    choices: tuple[str, ...] = ()
    look: bool = False

    @property
    def becomes_note(self) -> bool:
        """Whether no event is left."""
        return not self.new[1]

    def clashes(self, other: "CodeRule") -> bool:
        """Whether afterwards nobody can tell this rule's events from the other's."""
        if self.new != other.new:
            return False
        if self.setting is None or other.setting is None:
            return self.setting == other.setting
        return self.setting[0] != other.setting[0] or self.setting == other.setting


@dataclass(frozen=True, slots=True, kw_only=True)
class ModifierRule:
    """What becomes of one modifier; ``new`` empty: its values become notes.

    Attributes
    ----------
    values : Mapping
        New value by old one, for those that change.
    """

    old: str
    new: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRule:
    """A track of states that becomes a modifier of the events which begin during them.

    Attributes
    ----------
    track : str
        The old track; it is gone.
    on : str
        The new track whose events are given ``modifier``.
    values : Mapping
        The modifier's value by old code.
    """

    track: str
    on: str
    modifier: str
    values: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class SchemeMapping:
    """The way from one version of a scheme to another.

    Attributes
    ----------
    old, new : str
        Schemes as ``name@version``.
    links, ratings : Mapping
        New id by old id; empty where there is none any more.
    losses : tuple of str
        What cannot be had back, in words; none: the way back restores everything.
    """

    old: str
    new: str
    codes: tuple[CodeRule, ...] = ()
    modifiers: tuple[ModifierRule, ...] = ()
    states: tuple[StateRule, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    ratings: Mapping[str, str] = field(default_factory=dict)
    losses: tuple[str, ...] = ()

    @property
    def is_reversible(self) -> bool:
        """Whether the way back restores everything."""
        return not self.losses

    def back(self) -> "SchemeMapping":
        """The way back, as far as there is one.

        A merger comes back as a choice among what was merged, notes and dropped values do not
        come back; ``losses`` of this mapping names all of them.
        """
        return SchemeMapping(
            old=self.new,
            new=self.old,
            codes=tuple(_codes_back(self.codes)),
            modifiers=tuple(
                ModifierRule(
                    old=one.new,
                    new=one.old,
                    values={new: old for old, new in reversed(list(one.values.items())) if new},
                )
                for one in self.modifiers
                if one.new
            ),
            links={new: old for old, new in self.links.items() if new},
            ratings={new: old for old, new in self.ratings.items() if new},
            losses=self.losses,
        )


def merged(codes: tuple[CodeRule, ...]) -> Iterator[tuple[CodeRule, ...]]:
    """Yield rules whose events nobody can tell apart afterwards, each group once."""
    by_target: defaultdict[Where, list[CodeRule]] = defaultdict(list)
    for rule in codes:
        if not rule.becomes_note:
            by_target[rule.new].append(rule)
    for rules in by_target.values():
        left = rules
        while left:
            first, *others = left
            same = [rule for rule in others if rule.clashes(first)]
            if same:
                yield (first, *same)
            left = [rule for rule in others if rule not in same]


def _codes_back(codes: tuple[CodeRule, ...]) -> Iterator[CodeRule]:
    """Rules of the way back; those that look at a modifier come first, as they are tried first."""
    among = {group[0]: group for group in merged(codes)}
    told = {rule for group in among.values() for rule in group[1:]}
    back = []
    for rule in codes:
        if rule.becomes_note or rule in told:
            continue
        group = among.get(rule, ())
        choices = tuple(dict.fromkeys(one.old[1] for one in group))
        back.append(
            CodeRule(
                old=rule.new,
                new=rule.old,
                having=rule.setting,
                setting=rule.having,
                choices=choices if len(choices) > 1 else (),
                look=bool(group) and len(choices) == 1,
            )
        )
    return iter(sorted(back, key=lambda rule: rule.having is None))
