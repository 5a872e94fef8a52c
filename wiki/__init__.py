"""Fagrom: a collaboration wiki for regional digitalisation networks.

Start reading in :mod:`wiki.app`, which is the only module that sees every room. The order of the
rooms and the names of the files inside each are told in ``docs/architecture.md``.
"""
