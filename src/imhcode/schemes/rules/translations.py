"""Texts in other languages: each path leads to a text that is shown."""

from collections.abc import Iterator

from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index
from imhcode.schemes.nearest import hint
from imhcode.schemes.paths import follow
from imhcode.schemes.place import Place
from imhcode.schemes.translating import TRANSLATABLE


def translations(index: Index) -> Iterator[Finding]:
    """Paths that lead to no text, or to a text that must not change."""
    for language, texts in index.top.at("translations").fields():
        if language == index.top.at("language").word:
            message = f'"{language}" is the language of the scheme itself'
            yield texts.warning("own-language", message)
        for path, text in texts.fields():
            yield from _path(index.top, path, text)


def _path(top: Place, path: str, text: Place) -> Iterator[Finding]:
    steps = path.split(".")
    field = next((step for step in reversed(steps) if not step.replace("-", "").isdigit()), "")
    holder = steps[-2] if len(steps) > 1 else ""
    if not follow(top, path).word:
        above = follow(top, ".".join(steps[:-1])) if len(steps) > 1 else top
        names = [name for name, inner in above.fields() if inner.word and name in TRANSLATABLE]
        message = f'a translation leads to no text: "{path}"{hint(steps[-1], names)}'
        yield text.error("unknown-path", message)
    elif field not in TRANSLATABLE and holder not in TRANSLATABLE:
        message = f'a translation cannot change "{field}" ("{path}"): only words may differ'
        yield text.error("not-translatable", message)
