"""The room normalize."""
