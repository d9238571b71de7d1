"""Command line of the stand-in. The first line on stdout is the URL for `--api`.

    python -m tests.pxweb_server --packs DIR [DIR ...] [--port N] [--faults SPEC]
        [--max-cells N] [--calls N] [--window SECONDS] [--log FILE]

The language of --faults is described in `tests/pxweb_server/faults.py`.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.pxweb_server import faults
from tests.pxweb_server.routes import Limits
from tests.pxweb_server.server import serve_until_stopped, server_of


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line read; wrong use ends with exit code 2."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.pxweb_server",
        description="Serve packs with the semantics of PxWebApi 2.",
        epilog=faults.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--packs", type=Path, nargs="+", action="extend", required=True)
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    parser.add_argument("--faults", default="", metavar="SPEC")
    parser.add_argument("--max-cells", type=int, default=Limits.max_cells)
    parser.add_argument("--calls", type=int, default=Limits.calls, help="calls per window")
    parser.add_argument("--window", type=float, default=Limits.window, help="seconds")
    parser.add_argument("--log", type=Path, help="append one JSON line per call")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """Serves until interrupted; 2 if packs or faults cannot be read."""
    asked = arguments(given)
    limits = Limits(asked.max_cells, asked.calls, asked.window)
    try:
        server = server_of(
            asked.packs, limits=limits, faults=asked.faults, log=asked.log, port=asked.port
        )
    except (OSError, ValueError) as error:
        print(f"pxweb_server: {error}", file=sys.stderr)
        return 2
    print(server.url, flush=True)
    serve_until_stopped(server)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
