"""The document engine: tree, revisions, merge, audience, addresses, tags and trash, for every kind."""
