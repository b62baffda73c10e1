"""What a mapping loses for good, in words."""

from collections import Counter
from collections.abc import Iterator

from imhcode.domain.mapping import CodeRule, SchemeMapping, merged
from imhcode.domain.scheme import Modifier, Scheme


def losses(mapping: SchemeMapping, old: Scheme, new: Scheme) -> Iterator[str]:
    """Yield a sentence without full stop for everything that the way back cannot restore."""
    yield from dict.fromkeys(_of_codes(mapping, old, new))
    yield from _of_modifiers(mapping, old, new)
    for section, fates in (("link", mapping.links), ("rating", mapping.ratings)):
        count = Counter(fates.values())
        for one, target in fates.items():
            if not target:
                yield f'the {section} "{one}" is dropped'
            elif count[target] > 1:
                yield f'the {section} "{one}" becomes "{target}", as others do'
    for scale in old.ratings:
        kept = new.rating(mapping.ratings.get(scale.id, ""))
        if kept is None:
            continue
        inside = (
            kept.scale.minimum <= scale.scale.minimum
            and kept.scale.maximum >= scale.scale.maximum
            and (kept.scale.step, kept.scale.minimum) == (scale.scale.step, scale.scale.minimum)
            and kept.scale.allow_half >= scale.scale.allow_half
            and kept.allow_not_applicable >= scale.allow_not_applicable
        )
        if not inside:
            yield f'scores of the rating "{scale.id}" may have no place on its new scale'


def _of_codes(mapping: SchemeMapping, old: Scheme, new: Scheme) -> Iterator[str]:
    for rule in mapping.codes:
        yield from _of_rule(rule)
        before, after = old.track(rule.old[0]), new.track(rule.new[0])
        if before and after and before.takes_duration and not after.takes_duration:
            yield f"{after.id} takes no offsets any more"
        if before and after and after.exclusive and not before.exclusive:
            yield f"{after.id} holds one code at a time now"
    for group in merged(mapping.codes):
        names = dict.fromkeys(f'"{rule.old[1]}"' for rule in group)
        if len(names) > 1 or len({rule.old for rule in group}) > 1:
            yield f'{", ".join(names)} become one: "{group[0].new[1]}"'
    # the value that tells events of two codes apart afterwards must not have been on any before
    told_by = {(rule.new, rule.setting[0]) for rule in mapping.codes if rule.setting}
    for rule in mapping.codes:
        for target, modifier_id in told_by:
            if rule.new == target and modifier_id in _still_there(mapping, old, *rule.old):
                yield f'"{rule.old[1]}" may have a value of "{modifier_id}" of its own'
    for state in mapping.states:
        yield f"onsets and offsets on {state.track} are lost; a modifier has none"


def _of_rule(rule: CodeRule) -> Iterator[str]:
    track_id, code_id = rule.old
    if rule.becomes_note:
        yield f'events of "{code_id}" on {track_id} become notes'
    elif rule.choices:
        yield f'"{code_id}" on {track_id} waits for a coder to choose'
    elif rule.look:
        yield f'"{code_id}" on {track_id} waits for a coder to look again'


def _of_modifiers(mapping: SchemeMapping, old: Scheme, new: Scheme) -> Iterator[str]:
    before = {one.id: one for one in old.modifiers}
    after = {one.id: one for one in new.modifiers}
    count = Counter(rule.new for rule in mapping.modifiers if rule.new)
    for rule in mapping.modifiers:
        if not rule.new:
            yield f'the modifier "{rule.old}" becomes notes'
            continue
        if count[rule.new] > 1:
            yield f'the modifier "{rule.old}" becomes "{rule.new}", as others do'
        one, other = before[rule.old], after[rule.new]
        values = [rule.values.get(value.id, value.id) for value in one.values]
        if len(set(values)) < len(values) or "" in values:
            yield f'values of "{rule.old}" become one'
        if not _holds(one, other):
            yield f'"{rule.new}" cannot hold all that "{rule.old}" could'
    names = {rule.old: rule.new for rule in mapping.modifiers}
    for code_rule in mapping.codes:
        if code_rule.becomes_note:
            continue
        track, code = new.track(code_rule.new[0]), new.code(*code_rule.new)
        taken = {one.id for one in new.modifiers_for(track, code)} if track and code else set()
        for modifier_id in _taken(old, *code_rule.old):
            by = code_rule.having and code_rule.having[0] == modifier_id
            if not by and names.get(modifier_id, "") and names[modifier_id] not in taken:
                yield f'"{code_rule.new[1]}" does not take "{names[modifier_id]}"'


def _taken(scheme: Scheme, track_id: str, code_id: str) -> set[str]:
    track, code = scheme.track(track_id), scheme.code(track_id, code_id)
    return {one.id for one in scheme.modifiers_for(track, code)} if track and code else set()


def _still_there(mapping: SchemeMapping, old: Scheme, track_id: str, code_id: str) -> set[str]:
    """New ids of the modifiers that events of an old code may bear."""
    names = {rule.old: rule.new for rule in mapping.modifiers}
    return {names.get(one, "") for one in _taken(old, track_id, code_id)}


def _holds(one: Modifier, other: Modifier) -> bool:
    """Whether ``other`` can hold every value of ``one``, its own names of them aside."""
    if one.type != other.type and not (one.type == "choice" and other.type == "multi"):
        return False
    low = other.minimum is None or (one.minimum is not None and one.minimum >= other.minimum)
    high = other.maximum is None or (one.maximum is not None and one.maximum <= other.maximum)
    shorter = one.max_length is not None and one.max_length <= (other.max_length or 0)
    return low and high and (other.max_length is None or shorter)
