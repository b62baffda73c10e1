"""The model of the event table: Qt's contract, order, filter, and one row at a time."""

import random
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from imhcode.domain.edit import Edit, Step
from imhcode.domain.event import Event, Link
from imhcode.domain.observation import Observation
from imhcode.domain.searching import NotACondition
from imhcode.ui.coding.event_table_model import SORT_ROLE, EventTableModel
from imhcode.ui.coding.event_table_words import Column
from small_scheme import SMALL

pytestmark = pytest.mark.gui

BLANK = Observation(id="o1", session_id="s1", coder_id="kl", scheme=SMALL)
S = 1_000_000


def bid(event_id: str, at_us: int, code: str = "look", **more: object) -> Event:
    return Event(
        id=event_id, track="infant_bid", code=code, onset_us=at_us, offset_us=at_us, **more
    )


def touch(
    event_id: str, onset_us: int, offset_us: int | None, code: str = "stroke", **more: object
) -> Event:
    return Event(
        id=event_id, track="touch", code=code, onset_us=onset_us, offset_us=offset_us, **more
    )


@pytest.fixture
def model(qapp):
    table = EventTableModel()
    tester = QAbstractItemModelTester(
        table, QAbstractItemModelTester.FailureReportingMode.Fatal, table
    )
    assert tester.model() is table
    return table


class Following:
    """An observation and the model that follows its edits, as the window does it."""

    def __init__(self, model: EventTableModel, *events: Event) -> None:
        self.model = model
        self.observation = BLANK.with_events(events)
        model.show_observation(self.observation)

    def does(self, *steps: Step) -> Edit:
        edit = Edit("press", steps)
        self.observation = self.observation.after(edit)
        self.model.show_edit(self.observation, edit)
        return edit

    def undoes(self, edit: Edit) -> None:
        self.observation = self.observation.after(edit.inverse)
        self.model.show_edit(self.observation, edit.inverse)


def ids(model: QAbstractItemModel) -> list[str]:
    return [model.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(model.rowCount())]


def column(model: QAbstractItemModel, which: Column) -> list[str]:
    return [model.index(row, which).data() for row in range(model.rowCount())]


def changes(model: QAbstractItemModel) -> list[tuple[str, int, int]]:
    """What the model tells its views from now on."""
    told: list[tuple[str, int, int]] = []
    model.rowsInserted.connect(lambda _, first, last: told.append(("inserted", first, last)))
    model.rowsRemoved.connect(lambda _, first, last: told.append(("removed", first, last)))
    model.rowsMoved.connect(lambda _, first, last, _to, row: told.append(("moved", first, row)))
    model.dataChanged.connect(lambda first, last: told.append(("changed", first.row(), last.row())))
    model.modelReset.connect(lambda: told.append(("reset", -1, -1)))
    model.layoutChanged.connect(lambda: told.append(("layout", -1, -1)))
    return told


def test_rows_stand_in_the_order_of_time_whatever_the_track(model):
    Following(model, touch("b", 2 * S, 3 * S), bid("a", S), bid("c", 4 * S))
    assert ids(model) == ["a", "b", "c"]
    assert column(model, Column.ONSET) == ["00:01.000", "00:02.000", "00:04.000"]


def test_a_row_says_everything_in_words(model):
    answer = bid(
        "r",
        42_160_000,
        "smile",
        onset_frame=1054,
        recording="cam1",
        modifiers=(("clarity", ("faint",)),),
        links=(Link("answers", "a"),),
        comment="short\nand <b>soft</b>",
    )
    Following(model, bid("a", 40 * S), answer)
    said = [model.index(1, at).data() for at in Column]
    assert said == [
        "00:42.160",
        "–",
        "–",
        "Infant bids",
        "Smile",
        "Faint",
        "Look 00:40.000",
        "short and <b>soft</b>",
        "1054",
        "",
    ]


def test_doubt_and_review_are_said(model):
    looked_at = touch("t", 0, S, onset_reviewed=True, offset_reviewed=True, flagged=True)
    half = touch("u", 2 * S, 3 * S, onset_reviewed=True)
    Following(model, looked_at, half, bid("p", 4 * S, onset_reviewed=True))
    assert column(model, Column.FLAGS) == ["in doubt · reviewed", "", "reviewed"]


def test_a_running_state_says_so_and_what_is_undefined_says_why(model):
    Following(model, touch("t", 0, None), bid("p", S))
    assert column(model, Column.OFFSET) == ["running", "–"]
    assert column(model, Column.DURATION) == ["–", "–"]
    why = [model.index(row, Column.DURATION).data(Qt.ItemDataRole.ToolTipRole) for row in (0, 1)]
    assert "once the state is closed" in why[0]
    assert "no offset yet" in why[1]
    assert "No recording" in model.index(0, Column.FRAME).data(Qt.ItemDataRole.ToolTipRole)


def test_a_tooltip_never_takes_a_comment_for_markup(model):
    Following(model, bid("a", S, comment="<b>loud</b>"))
    assert "&lt;b&gt;loud" in model.index(0, Column.COMMENT).data(Qt.ItemDataRole.ToolTipRole)


def test_the_sort_role_has_raw_values(model):
    Following(model, touch("t", 250, 1250))
    raw = [
        model.index(0, at).data(SORT_ROLE) for at in (Column.ONSET, Column.OFFSET, Column.DURATION)
    ]
    assert raw == [250, 1250, 1000]


def test_edits_and_their_undoing_keep_qts_contract_and_the_order(model):
    rng = random.Random(7)
    following = Following(model, *(bid(f"e{n}", n * S) for n in range(40)))
    for sorted_by, order in (
        (Column.ONSET, Qt.SortOrder.AscendingOrder),
        (Column.ONSET, Qt.SortOrder.DescendingOrder),
        (Column.COMMENT, Qt.SortOrder.DescendingOrder),
    ):
        model.sort(sorted_by, order)
        done = []
        for n in range(60):
            events = list(following.observation.timeline)
            some = rng.choice(events)
            what = rng.choice(["add", "remove", "move", "comment"])
            if what == "add":
                step = Step(None, bid(f"n{sorted_by}{order}{n}", rng.randrange(40 * S)))
            elif what == "remove":
                step = Step(some, None)
            elif what == "move":
                at = rng.randrange(40 * S)
                step = Step(some, replace(some, onset_us=at, offset_us=at))
            else:
                step = Step(some, replace(some, comment=rng.choice("abc")))
            done.append(following.does(step))
            if rng.random() < 0.3:
                following.undoes(done.pop())
        while done:
            following.undoes(done.pop())
        fresh = EventTableModel()
        fresh.show_observation(following.observation)
        fresh.sort(sorted_by, order)
        assert ids(model) == ids(fresh)
        assert [model.index(r, c).data() for r in range(model.rowCount()) for c in Column] == [
            fresh.index(r, c).data() for r in range(fresh.rowCount()) for c in Column
        ]


def test_a_switch_of_states_is_followed_as_one_edit(model):
    first = Event(id="1", track="dyad_state", code="attuned", onset_us=0, offset_us=None)
    following = Following(model, first)
    second = Event(id="2", track="dyad_state", code="out_of_step", onset_us=5 * S, offset_us=None)
    edit = following.does(Step(first, replace(first, offset_us=5 * S)), Step(None, second))
    assert column(model, Column.OFFSET) == ["00:05.000", "running"]
    following.undoes(edit)
    assert column(model, Column.OFFSET) == ["running"]


def test_an_edit_among_ten_thousand_events_tells_of_one_row(model):
    # the tester looks at every row after every change, so it is left out here
    model = EventTableModel()
    following = Following(model, *(bid(f"e{n:05}", n * S) for n in range(10_000)))
    told = changes(model)
    added = bid("new", 5000 * S + 1)
    following.does(Step(None, added))
    commented = replace(added, comment="look here")
    following.does(Step(added, commented))
    moved = replace(commented, onset_us=9000 * S + 1, offset_us=9000 * S + 1)
    following.does(Step(commented, moved))
    following.does(Step(moved, None))
    assert told == [
        ("inserted", 5001, 5001),
        ("changed", 5001, 5001),
        ("moved", 5001, 9002),
        ("changed", 9001, 9001),
        ("removed", 9001, 9001),
    ]


def test_sorting_by_code_goes_by_its_label_and_keeps_persistent_places(model):
    Following(model, bid("a", S, "smile"), bid("b", 2 * S, "look"), bid("c", 3 * S, "smile"))
    held = QPersistentModelIndex(model.index(0, Column.CODE))
    model.sort(Column.CODE)
    assert ids(model) == ["b", "a", "c"]
    assert held.row() == 1
    model.sort(Column.CODE, Qt.SortOrder.DescendingOrder)
    assert ids(model) == ["c", "a", "b"]


def test_running_states_sort_after_all_others_by_offset(model):
    Following(model, touch("t", 0, None), touch("u", S, 2 * S, "hold"))
    model.sort(Column.OFFSET)
    assert ids(model) == ["u", "t"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("look", ["a", "b"]),
        ("TOUCH", ["t"]),
        ("faint", ["b"]),
        ("away quick", ["a"]),
        ("nothing", []),
        ("", ["a", "b", "t"]),
    ],
)
def test_a_filter_looks_at_code_track_modifiers_and_comment(model, text, found):
    Following(
        model,
        bid("a", S, comment="Quick glance away"),
        bid("b", 2 * S, modifiers=(("clarity", ("faint",)),)),
        touch("t", 3 * S, 4 * S),
    )
    model.set_filter(text)
    assert ids(model) == found
    assert model.event_count == 3


def test_an_edit_can_bring_a_row_into_the_filter_and_take_it_out(model):
    following = Following(model, bid("a", S), bid("b", 2 * S))
    model.set_filter("smile")
    assert ids(model) == []
    old = following.observation.timeline.get("b")
    edit = following.does(Step(old, replace(old, code="smile")))
    assert ids(model) == ["b"]
    following.undoes(edit)
    assert ids(model) == []
    following.does(Step(None, bid("c", 3 * S)))
    model.set_filter("")
    assert ids(model) == ["a", "b", "c"]


def test_a_link_follows_the_event_it_names(model):
    target = bid("a", S)
    following = Following(model, target, bid("r", 2 * S, links=(Link("answers", "a"),)))
    model.sort(Column.LINKED)
    moved = replace(target, onset_us=3 * S, offset_us=3 * S)
    following.does(Step(target, moved))
    assert column(model, Column.LINKED)[-1] == "Look 00:03.000"
    following.does(Step(moved, None))
    assert column(model, Column.LINKED) == ["an event no longer here"]


def test_the_row_of_an_answer_is_repainted_and_sorted_anew_with_its_target(model):
    first = bid("a", S)
    answers = [bid(f"r{name}", 5 * S, links=(Link("answers", name),)) for name in "ab"]
    following = Following(model, first, bid("b", 2 * S), *answers)
    model.sort(Column.LINKED)
    assert ids(model) == ["a", "b", "ra", "rb"]
    told = changes(model)
    following.does(Step(first, replace(first, onset_us=3 * S, offset_us=3 * S)))
    assert ids(model) == ["b", "a", "rb", "ra"]
    assert ("changed", 3, 3) in told


def test_an_edit_of_another_observation_shows_that_one(model):
    Following(model, bid("a", S))
    other = replace(BLANK, id="o2").with_events([bid("z", S)])
    model.show_edit(other, Edit("press", (Step(None, bid("z", S)),)))
    assert ids(model) == ["z"]


# -- typing asks -----------------------------------------------------------------------------


def asked(model: EventTableModel) -> list[tuple[object, ...]]:
    told: list[tuple[object, ...]] = []
    model.onset_asked.connect(lambda *said: told.append(("onset", *said)))
    model.offset_asked.connect(lambda *said: told.append(("offset", *said)))
    model.comment_asked.connect(lambda *said: told.append(("comment", *said)))
    model.code_change_asked.connect(lambda *said: told.append(("code", *said)))
    model.refused.connect(lambda *said: told.append(("refused", *said)))
    return told


def test_typing_asks_and_changes_nothing_by_itself(model):
    Following(model, touch("t", S, 2 * S))
    told = asked(model)
    assert model.setData(model.index(0, Column.ONSET), "0:01.5")
    assert model.setData(model.index(0, Column.OFFSET), "3")
    assert model.setData(model.index(0, Column.OFFSET), "")
    assert model.setData(model.index(0, Column.COMMENT), "  gently ")
    assert model.setData(model.index(0, Column.CODE), "hold")
    assert told == [
        ("onset", "t", 1_500_000),
        ("offset", "t", 3 * S),
        ("offset", "t", None),
        ("comment", "t", "gently"),
        ("code", "t", "hold"),
    ]
    assert column(model, Column.ONSET) == ["00:01.000"]


def test_bad_time_text_is_refused_with_a_sentence(model):
    Following(model, touch("t", S, 2 * S))
    told = asked(model)
    assert not model.setData(model.index(0, Column.ONSET), "soon")
    ((kind, sentence),) = told
    assert kind == "refused"
    assert "“soon” is not a time." in sentence


def test_an_editor_left_as_it_was_asks_for_nothing_even_between_milliseconds(model):
    Following(model, touch("t", 42_160_033, 43_000_001, comment="two\nlines"))
    told = asked(model)
    for at in (Column.ONSET, Column.OFFSET, Column.COMMENT, Column.CODE):
        index = model.index(0, at)
        assert not model.setData(index, index.data(Qt.ItemDataRole.EditRole))
    assert told == []
    assert model.index(0, Column.ONSET).data(Qt.ItemDataRole.EditRole) == "00:42.160033"


def test_emptying_the_offset_of_a_bid_makes_it_an_instant_again(model):
    Following(model, Event(id="p", track="infant_bid", code="look", onset_us=S, offset_us=2 * S))
    told = asked(model)
    assert model.setData(model.index(0, Column.OFFSET), "")
    assert told == [("offset", "p", S)]


def test_only_what_can_be_typed_into_is_editable(model):
    Following(model, touch("t", S, 2 * S))
    editable = [at for at in Column if model.index(0, at).flags() & Qt.ItemFlag.ItemIsEditable]
    assert editable == [Column.ONSET, Column.OFFSET, Column.CODE, Column.COMMENT]


@pytest.fixture
def answered(model):
    """A bid with an answer, one without, a short and a long touch."""
    return Following(
        model,
        bid("asked", S),
        bid("unasked", 2 * S, flagged=True),
        touch("answer", S, 2 * S, links=(Link("answers", "asked"),)),
        touch("long", 3 * S, 9 * S, "hold"),
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("link:none", {"unasked", "long"}),
        ("link:some", {"asked", "answer"}),
        (">2s", {"long"}),
        ("<2s -code:look", {"answer"}),
        ("flag:yes", {"unasked"}),
        ("track:touch", {"answer", "long"}),
        ("running:yes", set()),
    ],
)
def test_the_filter_asks_for_durations_doubt_and_links(answered, text, shown):
    model = answered.model
    model.set_filter(text)
    assert {model.event_at(row).id for row in range(model.rowCount())} == shown


def test_a_condition_that_is_none_leaves_what_is_shown(answered):
    answered.model.set_filter("link:some")
    with pytest.raises(NotACondition):
        answered.model.set_filter("link:perhaps")
    assert answered.model.rowCount() == 2


def test_an_event_whose_answer_goes_is_shown_as_unanswered_at_once(answered):
    model = answered.model
    model.set_filter("link:none")
    answer = answered.observation.timeline.get("answer")
    answered.does(Step(answer, replace(answer, links=())))
    assert {model.event_at(row).id for row in range(model.rowCount())} == {
        "asked",
        "answer",
        "unasked",
        "long",
    }
    answered.does(Step(replace(answer, links=()), answer))
    assert model.rowCount() == 2
    answered.does(Step(answer, None))
    assert model.row_of("asked") is not None
