"""Streams a CSV of the API and prints how much memory that took. A process of its own.

python -m tests.dashboard.streaming DATA
"""

import json
import sys
from pathlib import Path

from dashboard.app import create_app
from dashboard.context import opened
from tests.benchmarks.peak import peak
from tests.dashboard.warehouse import CATALOGUE

API = "/api/v1/observations?format=csv"


def main(data: Path) -> None:
    """Answers a small request, so that everything is loaded; then streams all, and tells."""
    client = create_app(opened(data, CATALOGUE)).server.test_client()
    client.get(f"{API}&indicator=population&region=r0001&from=2024").close()
    before = peak()
    with client.get(API, buffered=False) as answer:
        lines = sum(chunk.count(b"\n") for chunk in answer.iter_encoded())
    print(json.dumps({"lines": lines, "before": before, "peak": peak()}))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
