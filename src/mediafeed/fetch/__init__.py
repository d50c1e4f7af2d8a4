"""The room fetch."""
