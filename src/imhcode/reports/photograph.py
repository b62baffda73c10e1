"""A picture inside a page: its bytes stand in the page itself."""

import base64
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Photograph:
    """A PNG with its size in pixels; how it came to be is not known here."""

    png: bytes
    width: int
    height: int

    @property
    def address(self) -> str:
        """What stands in ``src``."""
        return f"data:image/png;base64,{base64.b64encode(self.png).decode()}"

    def fitted(self, width: int, height: int) -> tuple[int, int]:
        """Width and height in CSS pixels: as large as fits into that."""
        scale = min(width / self.width, height / self.height)
        return max(1, round(self.width * scale)), max(1, round(self.height * scale))
