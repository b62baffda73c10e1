"""Pages to print and to hand out: HTML that needs nothing beside itself, and PDF made from it."""
