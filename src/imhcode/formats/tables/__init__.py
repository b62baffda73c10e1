"""Tables of measures as text: one module a table, each a header and rows of plain values.

They are written only; nothing is read back from them.
"""
