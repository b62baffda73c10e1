"""From a template to a page: one file, no script, no network, every value escaped.

The HTML stays within what Qt's rich text understands (tables and plain blocks), because the same
page becomes the PDF; what only a browser knows (columns, keeping blocks whole) is extra.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from imhcode.domain.scheme import Scheme
from imhcode.reports.swatches import swatch

if TYPE_CHECKING:
    from jinja2 import Environment


#: fields of a scheme's document that the pages show and that may be left out
_LEFT_OUT: Mapping[str, Any] = {
    "language": "en",
    "summary": "",
    "provenance": None,
    "derived": (),
    "citations": (),
}


def page_of_scheme(template: str, scheme: Scheme, **values: Any) -> str:
    """A template of this package filled in with a scheme and ``values``, which are escaped."""
    document = {**_LEFT_OUT, **scheme.document}
    return _environment().get_template(template).render(scheme=scheme, document=document, **values)


def page_of(template: str, **values: Any) -> str:
    """A template of this package filled in with ``values``, which are escaped."""
    return _environment().get_template(template).render(**values)


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  (60 ms)

    environment = Environment(
        loader=PackageLoader("imhcode.reports", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals["swatch"] = swatch
    environment.filters["seconds"] = seconds
    environment.filters["words"] = words
    return environment


def seconds(us: int) -> str:
    """``1.5 s``."""
    return f"{us / 1_000_000:g} s"


def words(word: str) -> str:
    """An id of several words as words."""
    return word.replace("_", " ")
