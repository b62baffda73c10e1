"""imhcode: code recorded parent-infant interaction, frame by frame."""

__version__ = "0.1.0"
