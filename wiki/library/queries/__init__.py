"""Reads of the library: what the reader may see of the templates, and the texts a new network starts with."""
