"""Coding schemes as documents: read strictly, checked whole, made into domain values.

``document`` reads a file and needs ruamel.yaml and pydantic; ``building`` and ``canonical`` work
on what a study has kept and need neither.  Nothing is imported here, so that the cheap half
stays cheap.
"""
