"""Numbers from observations: pure functions on integers of microseconds; no files, no Qt."""
