"""Which key does what: chords, key maps, the profiles we ship, and the page to change them."""
