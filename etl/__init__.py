"""From SCB's PxWeb API to a warehouse. Knows its version; does nothing on import."""

__version__ = "0.2.0"
