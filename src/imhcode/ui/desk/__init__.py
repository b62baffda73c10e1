"""The panels of the window: where they lie, and how that is kept for each task."""
