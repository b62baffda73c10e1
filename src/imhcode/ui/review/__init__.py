"""Where a clinician prepares a tape, watches it with a parent, and looks back on visits."""
