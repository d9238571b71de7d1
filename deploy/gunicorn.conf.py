"""
How gunicorn serves the panel: `gunicorn --config deploy/gunicorn.conf.py dashboard.wsgi:server`.

One worker a core. Threads cost nothing while they wait: `dashboard.server.crowd` lets a worker
make one page at a time and nine more wait, and the other threads are for answers that are known.
"""

bind = "127.0.0.1:8050"
workers = 2
worker_class = "gthread"
threads = 32
# Whoever comes beyond these is kept at the door by the system, and refused inside it at once.
worker_connections = 1000
backlog = 512
keepalive = 5
control_socket_disable = True
