"""Saves what users get from the panel as text, and compares two saves."""
