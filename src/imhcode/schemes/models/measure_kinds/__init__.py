"""Kinds of measure, by what they are made from; ``models.measures`` joins them."""
