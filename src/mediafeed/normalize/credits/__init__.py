"""The room credits."""
