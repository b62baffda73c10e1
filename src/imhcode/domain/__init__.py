"""What coding is about: schemes, events, observations, edits. Pure values, no Qt, no files."""
