"""Reading that belongs to the window's own thread is done in slices, so that the window goes on."""

SLICE_S = 0.012  #: less than a picture of the recording lasts
