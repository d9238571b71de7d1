"""Streams a format of one indicator and prints how much memory that took. A process of its own.

python -m tests.dashboard.exports.streaming DATA FORMAT
"""

import json
import sys
from pathlib import Path

from dashboard.data.context import opened
from dashboard.data.queries.exports import RowSelection
from dashboard.exports.formats import FORMATS
from dashboard.exports.read import requested_extract
from tests.benchmarks.peak import peak
from tests.dashboard.exports.truth import LINK
from tests.dashboard.warehouse import CATALOGUE


def main(data: Path, format: str) -> None:
    """Streams, counting bytes and line ends, then tells."""
    context = opened(data, CATALOGUE)
    size = lines = 0
    with context.warehouses.current() as warehouse:
        assert warehouse
        wanted = RowSelection(indicators=("employment_rate",))
        made = requested_extract(context, warehouse, wanted, lang="sv", permalink=LINK)
        for chunk in FORMATS[format].write(made):
            size += len(chunk)
            lines += chunk.count(b"\n")
    told = {"rows": made.meta.rows, "bytes": size, "lines": lines, "peak": peak()}
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
