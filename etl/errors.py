"""
Every error this package raises on purpose.

    EtlError                 what a reader of the command line sees as one message
    ├── CatalogueError       indicators.yaml is wrong: all problems at once
    ├── UsageError           the command cannot do what was asked
    ├── SourceError          one source cannot be used; the others go on
    │   ├── ApiError         the API refused or gave up: a status, or retries used up
    │   │   └── BusyError    it could not answer now; `retry_after` in seconds, or None
    │   └── DocumentError    an answer is not the document it should be
    └── PublishError         no new warehouse; the old one is intact
"""


class EtlError(Exception):
    """Base of all errors raised on purpose."""


class CatalogueError(EtlError):
    """The catalogue is invalid; `problems` holds every problem, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        """Keep the problems and join them to the message."""
        self.problems = problems
        super().__init__("\n".join(problems))


class UsageError(EtlError):
    """The command cannot do what was asked."""


class SourceError(EtlError):
    """One source cannot be used; the others go on."""


class ApiError(SourceError):
    """The API refused; `BusyError` where it did not, however often it was asked."""


class BusyError(ApiError):
    """The API could not answer now; it may after `retry_after` seconds (None: it named no time)."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        """Keep the seconds beside the message."""
        self.retry_after = retry_after
        super().__init__(message)


class DocumentError(SourceError):
    """An answer is not the document it should be."""


class PublishError(EtlError):
    """No new warehouse was published; the old one is intact."""
