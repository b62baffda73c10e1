"""Rules that hold for every scheme, one module each."""
