"""The embedded index: Whoosh keeps terms, places and columns on disk; ranking is ours (see wiki/search/ranking.py)."""

from wiki.search.backends.whoosh.backend import WhooshBackend

__all__ = ["WhooshBackend"]
