"""Search: one analysis of Norwegian, back ends behind a contract, rights inside the query.

Start in `contracts.py` (what other rooms see). A document becomes weighted terms in `terms.py`, a query becomes
weighted alternatives in `expansion.py`, and `ranking.py` scores the one against the other, for every back end.
"""
