"""What may be said of figures, as sentences in Swedish and English. Pure."""
