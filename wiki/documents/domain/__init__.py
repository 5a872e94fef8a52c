"""The pure rules of documents: who reads, where they stand, how texts merge and differ, their state."""
