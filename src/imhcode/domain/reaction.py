"""A reaction-time shift: presses count earlier than they came, and every event says so."""

from dataclasses import replace

from imhcode.domain.edit import Edit, Step
from imhcode.domain.event import Event


def noted(edit: Edit, words: str) -> Edit:
    """The same edit, with ``words`` in the comment of every event that got an edge by it.

    The shift is part of the datum: a comment travels with the event into the table and every
    export, and one undo takes both back.
    """
    if not words or not edit:
        return edit
    steps = tuple(Step(step.before, _with(step.before, step.after, words)) for step in edit.steps)
    return replace(edit, steps=steps)


def _with(before: Event | None, after: Event | None, words: str) -> Event | None:
    if after is None or words in after.comment:
        return after
    if before and (before.onset_us, before.offset_us) == (after.onset_us, after.offset_us):
        return after
    return replace(after, comment=f"{after.comment} · {words}" if after.comment else words)
