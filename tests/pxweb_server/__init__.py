"""A local stand-in of SCB's PxWebApi 2: a real socket that serves packs with the API's semantics.

Command line: `python -m tests.pxweb_server --packs DIR [DIR ...] --port 0`, whose first line on
stdout is the URL for `--api`. In tests: `with serving(DIR) as server: ... server.url`.
Knows the protocol; never the project's own client, catalogue or warehouse.
"""

from tests.pxweb_server.handler import Call
from tests.pxweb_server.packs import Cells, Pack, cells_of, packs_under, read_pack
from tests.pxweb_server.quota import busiest_window
from tests.pxweb_server.server import Server, serving

__all__ = [
    "Call",
    "Cells",
    "Pack",
    "Server",
    "busiest_window",
    "cells_of",
    "packs_under",
    "read_pack",
    "serving",
]
