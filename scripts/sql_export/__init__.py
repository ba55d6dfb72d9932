"""The whiteboard queries, and the tables they need, as files to copy into other engines."""
