"""The room refresh."""
