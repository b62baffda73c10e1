"""Recordings: the time of every frame, the picture of any frame, and a clock that tells "now".

Knows nothing of events and nothing of Qt.  Importing this package loads neither PyAV nor OpenCV;
`imhcode.media.source` and `imhcode.media.verification` do, so import those where they are needed.
"""
