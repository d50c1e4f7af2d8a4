"""mediafeed: one merged podcast feed, with episode pages and a feed for each person."""

__version__ = "0.1.0"
