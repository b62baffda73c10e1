"""The menu of one camera's picture: light, zoom, and what its wall offers."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QMenu, QSlider, QWidget, QWidgetAction

from imhcode.ui import theme
from imhcode.ui.coding.camera_look import STRONGEST
from imhcode.ui.coding.picture_view import PictureView

SLIDER_PX = 200


def camera_menu(view: PictureView) -> QMenu:
    """A menu that acts on ``view`` at once; the caller may put more into it, and shows it."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sliders = QWidget()
    form = QFormLayout(sliders)
    form.setContentsMargins(theme.UNIT_PX * 2, theme.UNIT_PX, theme.UNIT_PX * 2, theme.UNIT_PX)
    look = view.look
    _slider(form, _tr("Brightness"), look.brightness, lambda level: _lit(view, brightness=level))
    _slider(form, _tr("Contrast"), look.contrast, lambda level: _lit(view, contrast=level))
    inside = QWidgetAction(menu)
    inside.setDefaultWidget(sliders)
    menu.addAction(inside)
    as_filmed = menu.addAction(_tr("Light as filmed"))
    as_filmed.triggered.connect(lambda: _lit(view, brightness=0, contrast=0))
    as_filmed.setEnabled(not view.look.is_natural)
    whole = menu.addAction(_tr("Whole picture"))
    whole.triggered.connect(view.show_whole)
    whole.setEnabled(view.look.zoom > 1)
    return menu


def _slider(form: QFormLayout, words: str, level: int, act: Callable[[int], None]) -> None:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(-STRONGEST, STRONGEST)
    slider.setValue(level)
    slider.setMinimumWidth(SLIDER_PX)
    slider.setPageStep(10)
    slider.setAccessibleName(words)
    slider.valueChanged.connect(act)
    label = QLabel(words)
    label.setBuddy(slider)
    form.addRow(label, slider)


def _lit(view: PictureView, **light: int) -> None:
    view.set_look(replace(view.look, **light))


def _tr(text: str) -> str:
    return QCoreApplication.translate("camera_menu", text)
