"""
The server that gunicorn imports: `gunicorn dashboard.wsgi:server`.

Knows the environment: INTEGRATION_DATA (default data/), INTEGRATION_CATALOGUE (default
indicators.yaml) and INTEGRATION_TARGETS (default none). Nothing else imports this module.
"""

import os
from pathlib import Path

from dashboard.app import create_app
from dashboard.context import opened

own = os.environ.get("INTEGRATION_TARGETS")
server = create_app(
    opened(
        Path(os.environ.get("INTEGRATION_DATA", "data")),
        Path(os.environ.get("INTEGRATION_CATALOGUE", "indicators.yaml")),
        Path(own) if own else None,
    )
).server
