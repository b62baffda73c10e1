"""Coders compared: how far they agree, where they do not, and what they make of it."""
