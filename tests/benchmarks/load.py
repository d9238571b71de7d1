"""
Readers that ask without pause: `python -m tests.benchmarks.load HOST PORT CONNECTIONS SECONDS`.

Takes callback bodies, a JSON list of texts, from standard input, and asks them in turn over
connections that stay open. In no seconds: each body once, over a connection of its own, so that
every worker of the server has its turn. Prints {answers, failures, seconds, times} as JSON,
times in ms.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

HEADERS = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate, br"}
CALLBACK = "/_dash-update-component"


def asked(connection: HTTPConnection, body: str) -> tuple[float, int]:
    """Seconds until the whole answer is here, and its status."""
    started = time.perf_counter()
    connection.request("POST", CALLBACK, body.encode(), HEADERS)
    answer = connection.getresponse()
    answer.read()
    return time.perf_counter() - started, answer.status


def reader(host: str, port: int, bodies: list[str], until: float) -> list[tuple[float, int]]:
    """What one reader hears until a moment of `time.perf_counter`."""
    connection = HTTPConnection(host, port, timeout=60)
    heard: list[tuple[float, int]] = []
    while time.perf_counter() < until:
        heard.append(asked(connection, bodies[len(heard) % len(bodies)]))
    connection.close()
    return heard


def passer_by(host: str, port: int, bodies: list[str]) -> list[tuple[float, int]]:
    """What one reader hears who asks each body once and hangs up in between."""
    heard = []
    for one in bodies:
        connection = HTTPConnection(host, port, timeout=60)
        heard.append(asked(connection, one))
        connection.close()
    return heard


def main() -> None:
    """Ask, and print what was heard."""
    host, port, connections, seconds = sys.argv[1], *map(int, sys.argv[2:5])
    bodies = json.load(sys.stdin)
    started = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        turned = [bodies[place:] + bodies[:place] for place in range(connections)]
        readers = [
            pool.submit(reader, host, port, mine, started + seconds)
            if seconds
            else pool.submit(passer_by, host, port, mine)
            for mine in turned
        ]
        heard = [one for found in readers for one in found.result()]
    taken = time.perf_counter() - started
    times = sorted(1000 * time for time, _ in heard)
    failures = sum(status != 200 for _, status in heard)
    told = {"answers": len(heard), "failures": failures, "seconds": taken, "times": times}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
