"""
The server that gunicorn imports: `gunicorn dashboard.wsgi:server`.

Knows the environment: INTEGRATION_DATA (default data/), INTEGRATION_CATALOGUE (default
indicators.yaml), INTEGRATION_TARGETS (default none) and the settings INTEGRATION_CORS,
INTEGRATION_FRAME_ANCESTORS, INTEGRATION_CONTACT, INTEGRATION_ADDRESS, INTEGRATION_CHROMIUM,
INTEGRATION_CACHE, INTEGRATION_CACHE_MB, INTEGRATION_ACCEL and INTEGRATION_PROXIES (default none;
written as in `dashboard.data.settings`). Nothing else imports this module.
"""

import atexit
import os
from pathlib import Path

from dashboard.data.context import opened
from dashboard.data.settings import settings
from dashboard.server.ahead import keep_ahead
from dashboard.server.app import create_app, settle
from dashboard.server.static import pack_bundles
from dashboard.server.watching import log_answers

targets_file = os.environ.get("INTEGRATION_TARGETS")
context = opened(
    Path(os.environ.get("INTEGRATION_DATA", "data")),
    Path(os.environ.get("INTEGRATION_CATALOGUE", "indicators.yaml")),
    Path(targets_file) if targets_file else None,
    settings=settings(
        cors=os.environ.get("INTEGRATION_CORS", ""),
        frame_ancestors=os.environ.get("INTEGRATION_FRAME_ANCESTORS", ""),
        contact=os.environ.get("INTEGRATION_CONTACT", ""),
        address=os.environ.get("INTEGRATION_ADDRESS", ""),
        chromium=os.environ.get("INTEGRATION_CHROMIUM", ""),
        cache=os.environ.get("INTEGRATION_CACHE", ""),
        cache_mb=os.environ.get("INTEGRATION_CACHE_MB", ""),
        accel=os.environ.get("INTEGRATION_ACCEL", ""),
        proxies=os.environ.get("INTEGRATION_PROXIES", ""),
    ),
)
log_answers()
server = create_app(context).server
settle()
pack_bundles(server, context.kept)
atexit.register(keep_ahead(context))
