"""
A file that is never kept: what a writer puts into it is taken out again at once.

Pure. For writers that want a file (zip, Parquet) where bytes must leave as they are made.
"""

import io


class Sink(io.RawIOBase):
    """Takes bytes in order and gives them away by `taken`; it cannot seek."""

    def __init__(self) -> None:
        """Start empty, at position 0."""
        super().__init__()
        self._held = bytearray()
        self._position = 0

    def writable(self) -> bool:
        """Whether bytes may be written: always."""
        return True

    def tell(self) -> int:
        """How many bytes have been written in all."""
        return self._position

    def write(self, data: object) -> int:
        """Take bytes; how many."""
        chunk = bytes(memoryview(data))  # type: ignore[arg-type]
        self._held += chunk
        self._position += len(chunk)
        return len(chunk)

    def taken(self) -> bytes:
        """What has been written since the last time."""
        chunk = bytes(self._held)
        self._held.clear()
        return chunk
