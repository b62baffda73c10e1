"""The shape of a scheme document, field by field, as pydantic models.

Shape only: what a field is called, which sort of value it takes, what may be left out.  What
must fit together (references, keys, limits) is the work of :mod:`imhcode.schemes.rules`.
"""
