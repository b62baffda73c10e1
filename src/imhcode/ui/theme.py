"""Colours, sizes and the one style sheet: light, dark and high contrast.

Every colour of the window has a name here; widgets ask :func:`current` and never write a colour of
their own.  Colours of codes come from the scheme and are fitted to the theme in
:mod:`imhcode.ui.coding.code_brushes`.

Widgets that paint themselves ask again when they get ``QEvent.PaletteChange`` or
``QEvent.StyleChange``; both are sent by :func:`apply`.
"""

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

UNIT_PX = 8  #: the grid of the window: gaps and margins are multiples of it
TITLE_PT, BODY_PT, SMALL_PT = 13.0, 10.0, 8.5

LARGEST_TEXT_PERCENT = 200

_PROPERTY = "imhcode_theme"
_SCALE_PROPERTY = "imhcode_text_scale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Colour tokens, all ``#rrggbb``.

    Attributes
    ----------
    window, panel, panel_raised : str
        Ground of the window, of a panel on it, and of what can be pressed or typed into.
    line : str
        Separators; decoration, so without a contrast to keep.
    outline : str
        Borders that say "this can be pressed"; 3:1 against every ground.
    text, text_dim : str
        Words, and words that may wait; both 4.5:1 against every ground.
    accent, accent_text : str
        The one accent, as a ground, and the words on it.
    focus : str
        Ring round whatever has the keyboard, outline of the selected event.
    selection, selection_text : str
        Ground of selected rows and words on it.
    playhead, grid, lane, lane_alt, gap : str
        The timeline: playhead, lines under the events, lanes of the pass, other lanes, and the
        hatching of stretches that should have been coded.
    warning, danger, ok : str
        Words and marks that say so.
    picture_surround : str
        Round the picture; darker than anything else.
    fill_strength : float
        How much of its colour a code's block has, from 0 (the lane's) to 1 (its own).
    recede : float
        How far events of lanes outside the pass step back, from 0 (not at all) to 1 (gone).
    """

    name: str
    dark: bool
    window: str
    panel: str
    panel_raised: str
    line: str
    outline: str
    text: str
    text_dim: str
    accent: str
    accent_text: str
    focus: str
    selection: str
    selection_text: str
    playhead: str
    grid: str
    lane: str
    lane_alt: str
    gap: str
    warning: str
    danger: str
    ok: str
    picture_surround: str
    fill_strength: float
    recede: float


DARK = Theme(
    name="dark",
    dark=True,
    window="#16181b",
    panel="#1b1d21",
    panel_raised="#25282d",
    line="#2e3238",
    outline="#7b838f",
    text="#d5d8dd",
    text_dim="#9ba2ac",
    accent="#8ab4e8",
    accent_text="#10151c",
    focus="#a9cbf5",
    selection="#2c425e",
    selection_text="#e8ecf1",
    playhead="#f1f2f4",
    grid="#2b2f35",
    lane="#212429",
    lane_alt="#1b1d21",
    gap="#8a733c",
    warning="#ddb45c",
    danger="#ef8a7d",
    ok="#86c294",
    picture_surround="#0b0c0e",
    fill_strength=0.55,
    recede=0.5,
)

LIGHT = Theme(
    name="light",
    dark=False,
    window="#e9eaec",
    panel="#f1f2f3",
    panel_raised="#fbfbfc",
    line="#d3d6da",
    outline="#757c86",
    text="#1f2328",
    text_dim="#545b65",
    accent="#2a5d9c",
    accent_text="#ffffff",
    focus="#1f4f8c",
    selection="#c6d8ee",
    selection_text="#14202e",
    playhead="#14171a",
    grid="#e1e3e6",
    lane="#fafafa",
    lane_alt="#f1f2f3",
    gap="#a2864a",
    warning="#7a5600",
    danger="#a5281b",
    ok="#23683a",
    picture_surround="#2a2c2f",
    fill_strength=0.55,
    recede=0.5,
)

HIGH_CONTRAST = Theme(
    name="high-contrast",
    dark=True,
    window="#000000",
    panel="#000000",
    panel_raised="#101010",
    line="#8a8a8a",
    outline="#d0d0d0",
    text="#ffffff",
    text_dim="#d6d6d6",
    accent="#ffd84a",
    accent_text="#000000",
    focus="#ffd84a",
    selection="#ffd84a",
    selection_text="#000000",
    playhead="#ffffff",
    grid="#3a3a3a",
    lane="#000000",
    lane_alt="#000000",
    gap="#c9a73a",
    warning="#ffd84a",
    danger="#ff9d92",
    ok="#8ef0a4",
    picture_surround="#000000",
    fill_strength=0.35,
    recede=0.0,
)

THEMES = {theme.name: theme for theme in (DARK, LIGHT, HIGH_CONTRAST)}


@cache
def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` as WCAG 2 defines it, from 0 (black) to 1 (white)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG 2 defines it, from 1 (the same) to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """``one`` with ``share`` of ``other`` in it, from 0 (``one``) to 1 (``other``)."""
    pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def current() -> Theme:
    """The theme last applied; dark before any was."""
    app = QCoreApplication.instance()
    name = None if app is None else app.property(_PROPERTY)
    return THEMES.get(str(name), DARK)


def text_scale_of(percent: int) -> float:
    """How many times their usual size words are, from a setting that may be out of bounds."""
    return min(LARGEST_TEXT_PERCENT, max(100, percent)) / 100


def scaled(px: float) -> int:
    """A length that grows with the words: ``px`` where they have their usual size."""
    app = QCoreApplication.instance()
    scale = None if app is None else app.property(_SCALE_PROPERTY)
    return round(px * float(scale or 1.0))


def apply(app: QApplication, theme: Theme, *, text_scale: float = 1.0) -> None:
    """Dress the whole program in ``theme``, its words ``text_scale`` times their usual size."""
    app.setProperty(_PROPERTY, theme.name)
    app.setProperty(_SCALE_PROPERTY, text_scale)
    app.setStyle("Fusion")
    font = app.font()
    font.setPointSizeF(BODY_PT * text_scale)
    app.setFont(font)
    app.setPalette(palette_of(theme))
    app.setStyleSheet(style_sheet_of(theme))


def small(font: QFont) -> QFont:
    """The small size that goes with ``font`` as body."""
    return _sized(font, SMALL_PT)


def title(font: QFont) -> QFont:
    """The title size that goes with ``font`` as body."""
    return _sized(font, TITLE_PT)


def _sized(body: QFont, points: float) -> QFont:
    font = QFont(body)
    if body.pointSizeF() > 0:
        font.setPointSizeF(body.pointSizeF() * points / BODY_PT)
    else:
        font.setPixelSize(round(body.pixelSize() * points / BODY_PT))
    return font


def palette_of(theme: Theme) -> QPalette:
    """Every role that Fusion reads, in all three groups."""
    role = QPalette.ColorRole
    raised, line = theme.panel_raised, theme.line
    roles = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.panel,
        role.AlternateBase: theme.window,
        role.Text: theme.text,
        role.PlaceholderText: theme.text_dim,
        role.Button: raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.danger,
        role.ToolTipBase: raised,
        role.ToolTipText: theme.text,
        role.Highlight: theme.selection,
        role.HighlightedText: theme.selection_text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: mixed(raised, theme.text, 0.12),
        role.Midlight: mixed(raised, theme.text, 0.06),
        role.Mid: line,
        role.Dark: mixed(theme.window, "#000000", 0.3),
        role.Shadow: mixed(theme.window, "#000000", 0.6),
    }
    faded = mixed(theme.text_dim, theme.panel, 0.35)
    words = (role.WindowText, role.Text, role.ButtonText, role.HighlightedText, role.ToolTipText)
    disabled = roles | dict.fromkeys(words, faded) | {role.Highlight: raised}
    palette = QPalette()
    groups = QPalette.ColorGroup
    for group, colours in (
        (groups.Active, roles),
        (groups.Inactive, roles),
        (groups.Disabled, disabled),
    ):
        for which, colour in colours.items():
            palette.setColor(group, which, QColor(colour))
    return palette


def style_sheet_of(theme: Theme) -> str:
    """The one style sheet: what a palette cannot say."""
    return _SHEET.format(
        t=theme,
        hover=mixed(theme.panel_raised, theme.text, 0.08),
        handle=mixed(theme.panel, theme.text_dim, 0.55),
        faded=mixed(theme.text_dim, theme.panel, 0.35),
        small=f"{100 * SMALL_PT / BODY_PT:.0f}%",
    )


_SHEET = """
QToolTip {{ color: {t.text}; background: {t.panel_raised}; border: 1px solid {t.outline};
  padding: 4px 8px; }}
QMenuBar, QStatusBar {{ background: {t.window}; }}
QMenu {{ background: {t.panel_raised}; border: 1px solid {t.line}; padding: 4px 0; }}
QMenu::item {{ padding: 4px 24px 4px 16px; }}
QMenu::item:selected {{ background: {t.selection}; color: {t.selection_text}; }}
QMenu::item:disabled {{ color: {t.text_dim}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 0; }}
QPushButton, QToolButton {{ background: {t.panel_raised}; color: {t.text}; padding: 4px 12px;
  border: 2px solid {t.panel_raised}; border-radius: 4px; }}
QToolButton {{ padding: 4px 6px; }}
QPushButton:hover, QToolButton:hover {{ background: {hover}; border-color: {hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {t.line}; }}
QPushButton:default, QToolButton:checked, QPushButton:checked {{ background: {t.accent};
  border-color: {t.accent}; color: {t.accent_text}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {faded}; }}
QPushButton:focus, QToolButton:focus {{ border-color: {t.focus}; }}
QPushButton:default:focus, QToolButton:checked:focus {{ border-color: {t.text}; }}
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox {{ background: {t.panel_raised};
  color: {t.text}; border: 2px solid {t.panel_raised}; border-bottom-color: {t.outline};
  padding: 2px 4px; selection-background-color: {t.selection};
  selection-color: {t.selection_text}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus {{
  border-color: {t.focus}; }}
QCheckBox, QRadioButton {{ border: 2px solid transparent; border-radius: 4px; padding: 1px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {t.focus}; }}
QCheckBox::indicator:unchecked, QRadioButton::indicator:unchecked,
QAbstractItemView::indicator:unchecked {{ width: 12px; height: 12px;
  border: 1px solid {t.outline}; border-radius: 2px; background: {t.panel_raised}; }}
QRadioButton::indicator:unchecked {{ border-radius: 7px; }}
QCheckBox::indicator:unchecked:disabled {{ border-color: {t.line}; background: {t.panel}; }}
QAbstractItemView {{ background: {t.panel}; alternate-background-color: {t.window};
  border: 2px solid transparent; gridline-color: {t.line}; outline: 0;
  selection-background-color: {t.selection}; selection-color: {t.selection_text}; }}
QAbstractItemView:focus {{ border-color: {t.focus}; }}
QHeaderView {{ background: {t.panel}; border: 0; }}
QHeaderView::section {{ background: {t.panel}; color: {t.text_dim}; border: 0;
  border-bottom: 1px solid {t.line}; padding: 4px 8px; }}
QTableCornerButton::section {{ background: {t.panel}; border: 0; }}
QSplitter::handle, QMainWindow::separator {{ background: {t.line}; }}
QSplitter::handle:horizontal, QMainWindow::separator:vertical {{ width: 3px; }}
QSplitter::handle:vertical, QMainWindow::separator:horizontal {{ height: 3px; }}
QSplitter::handle:hover, QMainWindow::separator:hover {{ background: {t.outline}; }}
QDockWidget::title {{ background: {t.panel}; padding: 4px 8px; }}
QScrollBar {{ background: transparent; border: 0; margin: 0; }}
QScrollBar:vertical {{ width: 10px; }}
QScrollBar:horizontal {{ height: 10px; }}
QScrollBar::handle {{ background: {handle}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 24px; }}
QScrollBar::handle:horizontal {{ min-width: 24px; }}
QScrollBar::handle:hover {{ background: {t.outline}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
KeyCap {{ background: {t.panel_raised}; color: {t.text}; border: 1px solid {t.outline};
  border-bottom-width: 2px; border-radius: 3px; padding: 0 5px; font-weight: bold; }}
KeyCap:disabled {{ color: {t.text_dim}; border-color: {t.line}; }}
"""
