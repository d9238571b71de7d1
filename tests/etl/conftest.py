"""Property tests take the time they take: the machine of the day is no property."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
