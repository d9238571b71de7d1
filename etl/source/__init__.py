"""SCB's PxWeb API and what it sent: the client, JSON-stat, selections, landed documents."""
