"""Columns of lists: as wide as their words; what room is left goes to some of them."""

from collections.abc import Collection

from PySide6.QtWidgets import QAbstractItemView, QTableView

from imhcode.ui import theme

_SHEET = """
QAbstractItemView::item {{ padding-left: {px}px; padding-right: {px}px; }}
QHeaderView::section {{ padding-left: {head}px; padding-right: {px}px; }}
"""
_WRAPS_FROM_EM = 18  #: a column with room of its own is never narrower than so many n for its words


def set_in(view: QAbstractItemView) -> None:
    """Let words stand where the sentence above the list stands."""
    view.setStyleSheet(_SHEET.format(px=theme.UNIT_PX + 3, head=theme.UNIT_PX + 6))


def spread(view: QTableView, wide: Collection[int]) -> None:
    """Give each column what its words need, and the rest to the ``wide`` ones.

    Their words wrap where they are long; the list scrolls sideways before they are unreadable.
    """
    header = view.horizontalHeader()
    columns = range(header.count())
    needed = {one: max(view.sizeHintForColumn(one), header.sectionSizeHint(one)) for one in columns}
    left_px = view.viewport().width() - sum(needed[one] for one in columns if one not in wide)
    least_px = view.fontMetrics().horizontalAdvance("n") * _WRAPS_FROM_EM
    for number, one in enumerate(sorted(wide)):
        share_px = max(left_px, 0) // (len(wide) - number)
        needed[one] = max(share_px, min(needed[one], least_px))
        left_px -= needed[one]
    for one in columns:
        header.resizeSection(one, needed[one])
