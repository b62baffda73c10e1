"""What a mapping document says, held against both schemes and made complete."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from imhcode.domain.mapping import CodeRule, ModifierRule, SchemeMapping, StateRule, merged
from imhcode.domain.scheme import Modifier, RatingScale, Scheme, Track
from imhcode.schemes.finding import Finding
from imhcode.schemes.mapping_losses import losses
from imhcode.schemes.nearest import hint
from imhcode.schemes.place import Place


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


class Fates:
    """Changes taken one by one; :meth:`open_questions` says what nobody has decided."""

    def __init__(self, old: Scheme, new: Scheme) -> None:
        self._old, self._new = old, new
        self._tracks: dict[str, str] = {}
        self._codes: list[CodeRule] = []
        self._modifiers: list[ModifierRule] = []
        self._states: list[StateRule] = []
        self._links: dict[str, str] = {}
        self._ratings: dict[str, str] = {}
        self._merging: set[tuple[str, str]] = set()  # new codes that several may become

    def mapping(self) -> SchemeMapping:
        """Everything that was taken, and what keeps its name."""
        plain = SchemeMapping(
            old=f"{self._old.id}@{self._old.version}",
            new=f"{self._new.id}@{self._new.version}",
            codes=tuple(sorted(self._all_codes(), key=lambda rule: rule.having is None)),
            modifiers=tuple(self._all_modifiers()),
            states=tuple(self._states),
            links={one.id: self._links.get(one.id, one.id) for one in self._old.links},
            ratings={one.id: self._fate_of(one) for one in self._old.ratings},
        )
        return SchemeMapping(
            **{name: getattr(plain, name) for name in _FIELDS},
            losses=tuple(losses(plain, self._old, self._new)),
        )

    def _fate_of(self, rating: RatingScale) -> str:
        """The new id of a rating; a variant goes where the scale goes that it is a variant of."""
        base = rating.alternate_of
        if rating.id in self._ratings or base not in self._ratings:
            return self._ratings.get(rating.id, rating.id)
        to = self._ratings[base]
        return to and to + rating.id.removeprefix(base)

    def _all_codes(self) -> Iterator[CodeRule]:
        yield from self._codes
        said = {rule.old for rule in self._codes if rule.having is None}
        states = {rule.track for rule in self._states}
        for track in self._old.tracks:
            for code in track.codes:
                if (track.id, code.id) in said or track.id in states:
                    continue
                to_track = self._tracks.get(track.id, track.id)
                yield CodeRule(old=(track.id, code.id), new=(to_track, code.id if to_track else ""))

    def _all_modifiers(self) -> Iterator[ModifierRule]:
        yield from self._modifiers
        said = {rule.old for rule in self._modifiers}
        yield from (
            ModifierRule(old=one.id, new=one.id)
            for one in self._old.modifiers
            if one.id not in said
        )

    # -- one change --------------------------------------------------------------------------

    def take(self, section: str, place: Place) -> list[Finding]:
        """Take one change that has the right shape; what is wrong with its ids comes back."""
        change = place.at("change").word
        match section:
            case "tracks":
                return list(self._take_track(change, place))
            case "codes":
                return list(self._take_code(change, place))
            case "modifiers":
                return list(self._take_modifier(place))
        of_old, of_new, into = (
            (self._old.links, self._new.links, self._links)
            if section == "links"
            else (self._old.ratings, self._new.ratings, self._ratings)
        )
        noun = section.rstrip("s")
        found = [*_known(place.at("from"), noun, (one.id for one in of_old), self._old)]
        if change == "rename":
            found += _known(place.at("to"), noun, (one.id for one in of_new), self._new)
        if place.at("from").word in into:
            found.append(_twice(place.at("from")))
        into[place.at("from").word] = place.at("to").word
        return found

    def _take_track(self, change: str, place: Place) -> Iterator[Finding]:
        from_ = place.at("from")
        yield from _known(from_, "track", (one.id for one in self._old.tracks), self._old)
        if from_.word in self._tracks:
            yield _twice(from_)
        self._tracks[from_.word] = place.at("to").word
        if change == "rename":
            yield from _known(place.at("to"), "track", _ids(self._new.tracks), self._new)
        elif change == "to_modifier":
            rule = StateRule(
                track=from_.word,
                on=place.at("on").word,
                modifier=place.at("modifier").word,
                values=dict(place.at("values").value),  # type: ignore[call-overload]
            )
            self._states.append(rule)
            yield from _known(place.at("on"), "track", _ids(self._new.tracks), self._new)
            old = self._old.track(from_.word)
            for name, value in place.at("values").fields():
                if old and old.code(name) is None:
                    yield value.error("unknown-code", f'{old.label} has no code "{name}"')
            yield from self._has_values(place.at("modifier"), place.at("values"))

    def _take_code(self, change: str, place: Place) -> Iterator[Finding]:
        track = place.at("track")
        yield from _known(track, "track", _ids(self._old.tracks), self._old)
        old = self._old.track(track.word)
        if old is None:
            return
        sources = list(place.each("from")) or [place.at("from")]
        for one in sources:
            yield from _known(one, f"code on {old.id}", _ids(old.codes), self._old)
            having_none = [rule.old for rule in self._codes if rule.having is None]
            if (old.id, one.word) in having_none:
                yield _twice(one)
        if change == "to_note":
            self._codes.append(CodeRule(old=(old.id, sources[0].word), new=("", "")))
            return
        to_track = place.at("to_track").word or self._tracks.get(old.id, old.id)
        new = self._new.track(to_track)
        if new is None:
            said = f'{_name(self._new)} has no track "{to_track}"; say which with to_track'
            yield place.error("unknown-track", said)
            return
        for target in self._targets(change, place):
            yield from _known(target, f"code on {new.id}", _ids(new.codes), self._new)
        self._codes += self._rules(change, place, old, new.id)
        if change == "split" and place.at("until_then").word not in _list(place.at("to")):
            said = '"until_then" must be one of the codes in "to"'
            yield place.at("until_then").error("unknown-code", said)
        if change == "split_by":
            yield from self._has_values(
                place.at("modifier"), place.at("values"), scheme=self._old, by_name=True
            )
        if change == "to_modifier":
            yield from self._has_values(place.at("modifier"), place)

    @staticmethod
    def _targets(change: str, place: Place) -> Iterable[Place]:
        if change == "split":
            return place.each("to")
        if change == "split_by":
            return [value for _, value in place.at("values").fields()]
        return () if change == "look" else [place.at("to")]

    def _rules(self, change: str, place: Place, old: Track, to_track: str) -> Iterator[CodeRule]:
        from_, to = place.at("from").word, place.at("to").word
        match change:
            case "rename":
                yield CodeRule(old=(old.id, from_), new=(to_track, to))
            case "merge":
                self._merging.add((to_track, to))
                for one in place.each("from"):
                    yield CodeRule(old=(old.id, one.word), new=(to_track, to))
            case "split":
                until_then = place.at("until_then").word
                choices = tuple(_list(place.at("to")))
                self._merging.add((to_track, until_then))
                yield CodeRule(old=(old.id, from_), new=(to_track, until_then), choices=choices)
            case "split_by":
                values = {name: value.word for name, value in place.at("values").fields()}
                for value, code in values.items():
                    having = (place.at("modifier").word, value)
                    yield CodeRule(old=(old.id, from_), new=(to_track, code), having=having)
                choices = tuple(dict.fromkeys(values.values()))
                self._merging.update((to_track, code) for code in choices)
                yield CodeRule(old=(old.id, from_), new=(to_track, choices[0]), choices=choices)
            case "to_modifier":
                setting = (place.at("modifier").word, place.at("value").word)
                yield CodeRule(old=(old.id, from_), new=(to_track, to), setting=setting)
            case _:
                yield CodeRule(old=(old.id, from_), new=(to_track, from_), look=True)

    def _take_modifier(self, place: Place) -> Iterator[Finding]:
        from_, to = place.at("from"), place.at("to")
        yield from _known(from_, "modifier", _ids(self._old.modifiers), self._old)
        if any(rule.old == from_.word for rule in self._modifiers):
            yield _twice(from_)
        values = {name: value.word for name, value in place.at("values").fields()}
        self._modifiers.append(ModifierRule(old=from_.word, new=to.word, values=values))
        if to.word:
            yield from _known(to, "modifier", _ids(self._new.modifiers), self._new)
            yield from self._has_values(to, place.at("values"))
            old = next((one for one in self._old.modifiers if one.id == from_.word), None)
            for name, value in place.at("values").fields():
                if old is not None and name not in _ids(old.values):
                    yield value.error("unknown-value", f'{old.label} has no value "{name}"')

    def _has_values(
        self, name: Place, values: Place, *, scheme: Scheme | None = None, by_name: bool = False
    ) -> Iterator[Finding]:
        """Whether a modifier exists and has the values that a change names."""
        scheme = scheme or self._new
        yield from _known(name, "modifier", _ids(scheme.modifiers), scheme)
        modifier = next((one for one in scheme.modifiers if one.id == name.word), None)
        if modifier is None or modifier.values_from or not modifier.values:
            return
        offered = [("value", values.at("value"))] if values.at("value").word else values.fields()
        for key, value in offered:
            word = key if by_name else value.word
            if word and word not in _ids(modifier.values):
                said = f'{modifier.label} of {_name(scheme)} has no value "{word}"'
                yield value.error("unknown-value", said)

    # -- all of them -------------------------------------------------------------------------

    def open_questions(self, top: Place) -> Iterator[Finding]:
        """What the new scheme has no place for and the mapping does not decide."""
        for rule in self._all_codes():
            yield from self._code_question(top, rule)
        for group in merged(tuple(rule for rule in self._all_codes() if not rule.choices)):
            if group[0].new not in self._merging:
                names = " and ".join(f'"{rule.old[1]}"' for rule in group)
                said = f'{names} would both become "{group[0].new[1]}"; if so, say merge'
                yield top.at("codes").error("not-said-merge", said)
        for modifier in self._all_modifiers():
            if modifier.new:
                yield from self._modifier_question(top, modifier)
        for link in self._old.links:
            if link.id not in self._links and link.id not in _ids(self._new.links):
                said = f"link {link.label} ({link.id}) is gone: rename or drop it"
                yield top.at("links").error("no-fate", said)
        for rating in self._old.ratings:
            fate = self._fate_of(rating)
            if rating.id not in self._ratings and fate and self._new.rating(fate) is None:
                said = f"rating {rating.label} ({rating.id}) is gone: rename or drop it"
                yield top.at("ratings").error("no-fate", said)

    def _code_question(self, top: Place, rule: CodeRule) -> Iterator[Finding]:
        old = self._old.track(rule.old[0])
        if rule.becomes_note or old is None:
            return
        code = old.code(rule.old[1])
        new = self._new.track(rule.new[0])
        label = f"{code.label if code else rule.old[1]} ({rule.old[1]}) on {old.id}"
        if new is None or new.code(rule.new[1]) is None:
            if any(rule is said for said in self._codes):
                return  # its own finding says so
            what = f"code {label}"
            said = f"{what} is not in {_name(self._new)}: say what becomes of it"
            yield top.at("codes").error("no-fate", said)
        elif new.kind != old.kind:
            said = f"{label} is a {old.kind} and cannot become a {new.kind}; say to_note"
            yield top.at("codes").error("other-kind", said)

    def _modifier_question(self, top: Place, rule: ModifierRule) -> Iterator[Finding]:
        old = next((one for one in self._old.modifiers if one.id == rule.old), None)
        new = next((one for one in self._new.modifiers if one.id == rule.new), None)
        if old is None:
            return
        if new is None:
            if rule not in self._modifiers:
                said = f"modifier {old.label} ({old.id}) is gone: say rename or to_note"
                yield top.at("modifiers").error("no-fate", said)
            return
        for value in self._valueless(old, new, rule):
            said = f'{new.label} ({new.id}) has no value "{value}"; name another in "values"'
            yield top.at("modifiers").error("no-fate", said)

    @staticmethod
    def _valueless(old: Modifier, new: Modifier, rule: ModifierRule) -> list[str]:
        if not old.values or not new.values:
            return []
        offered = set(_ids(new.values))
        wanted = [one.id for one in old.values if one.id not in rule.values]
        return [value for value in wanted if value not in offered]


_FIELDS = ("old", "new", "codes", "modifiers", "states", "links", "ratings")


def _ids(things: Iterable[_HasId]) -> list[str]:
    return [one.id for one in things]


def _list(place: Place) -> list[str]:
    return list(place.value) if isinstance(place.value, list) else []


def _name(scheme: Scheme) -> str:
    return f"{scheme.id}@{scheme.version}"


def _known(place: Place, noun: str, known: Iterable[str], scheme: Scheme) -> Iterator[Finding]:
    names = list(known)
    if place.word not in names:
        said = f'{_name(scheme)} has no {noun} "{place.word}"{hint(place.word, names)}'
        yield place.error(f"unknown-{noun.partition(' ')[0]}", said)


def _twice(place: Place) -> Finding:
    return place.error("said-twice", f'what becomes of "{place.word}" is said twice')
