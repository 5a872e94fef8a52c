"""One analysis of Norwegian for all back ends: cut (tokens), bring to one key (norwegian), split (compounds)."""
