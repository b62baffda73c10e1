"""Kinds of check that a scheme may declare, one module each."""
