"""The page on which a coding scheme is written."""
