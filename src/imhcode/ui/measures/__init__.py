"""Measures and figures, in a window of their own."""
