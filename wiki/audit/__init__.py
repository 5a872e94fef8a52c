"""The append-only log of every event, and its pages."""
