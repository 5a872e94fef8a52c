"""Where an index lies: in memory (tests) or in a Whoosh folder. Chosen in wiring.py, used through the contract."""
