"""The newest request wins."""


class Superseded(Exception):  # noqa: N818  (nothing went wrong)
    """A picture is no longer wanted; decoding stopped where it was."""
