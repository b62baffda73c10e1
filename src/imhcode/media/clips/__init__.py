"""Clips: stretches of a session taken out to be shown, exact to the frame, with parts hidden.

A `ClipPlan` says what is wanted, `ClipPictures` shows any picture of it as it will be written, and
`export_clip` writes it.  Recordings are only read.  Importing this package loads neither PyAV nor
OpenCV; import the modules where they are needed.
"""
