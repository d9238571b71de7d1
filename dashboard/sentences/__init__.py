"""Sentences about figures, in Swedish and English. Pure."""
