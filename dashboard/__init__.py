"""The panels over a warehouse. Does nothing on import and never asks SCB."""
