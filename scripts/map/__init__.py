"""Mapping of somebody's logs to the project's events."""
