"""The views of an indicator page, a module each: what they show and which controls they need."""
