"""Descriptions of figures drawn for print: SVG, PDF and PNG, the same bytes each time."""
