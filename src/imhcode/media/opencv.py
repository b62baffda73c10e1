"""The one place that imports OpenCV: image arithmetic only, never its video reading.

The wheel carries a Qt of its own and points Qt's plugin path at it while being imported; ours
would then look for its platform plugin there.  What the import added is taken away again.
"""

import os

_QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
_before = {name: os.environ.get(name) for name in _QT_VARIABLES}

import cv2  # noqa: E402  (the environment must be noted first)

for _name, _value in _before.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

__all__ = ["cv2"]
