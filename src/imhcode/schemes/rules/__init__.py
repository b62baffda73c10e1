"""What must fit together in a scheme: one module for each sort of rule.

A rule is a generator of findings over an :class:`imhcode.schemes.index.Index`.  It must stand a
document that is wrong elsewhere.
"""
