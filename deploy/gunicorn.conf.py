"""
How gunicorn serves the panel: `gunicorn --config deploy/gunicorn.conf.py dashboard.wsgi:server`.

One worker a core, in which a thread has a question only once it has come, and waits for no reader
(`dashboard.server.worker`). `dashboard.server.crowd` lets a worker make one page at a time and nine
more wait; the other threads are for answers that are known.
"""

import os
import shutil
import tempfile
from pathlib import Path

bind = "127.0.0.1:8050"
workers = 2
worker_class = "dashboard.server.worker.QuietWorker"
threads = 32
# Whoever comes beyond these is kept at the door by the system until another has left.
worker_connections = 1000
backlog = 512
graceful_timeout = 30
control_socket_disable = True

# DuckDB and Arrow keep 3 MB of memory each for a thread that has asked them something, and gain
# nothing by it where a question has one thread. They are told so before they are loaded.
os.environ.setdefault("DUCKDB_JE_MALLOC_CONF", "narenas:1,tcache:false")
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

# What the workers count is added up in a folder of this master's, where none is named: a reload
# keeps it, and a master that takes over (USR2) and inherits the name makes one of its own.
_COUNTS, _OURS = "PROMETHEUS_MULTIPROC_DIR", "integrationspanelen-"
_MINE = f"{_OURS}{os.getpid()}-"
_named = Path(os.environ.get(_COUNTS, "")).name
if not _named or (_named.startswith(_OURS) and not _named.startswith(_MINE)):
    os.environ[_COUNTS] = tempfile.mkdtemp(prefix=_MINE)


def child_exit(server, worker):  # noqa: ANN001, ANN201, ARG001  # gunicorn's own names
    """Forget what a worker that has ended was working on; what it has counted stays."""
    from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415  # knows the folder

    mark_process_dead(worker.pid)


def on_exit(server):  # noqa: ANN001, ANN201, ARG001
    """Leave no folder of our own behind."""
    if Path(os.environ[_COUNTS]).name.startswith(_MINE):
        shutil.rmtree(os.environ[_COUNTS], ignore_errors=True)
