"""The news-feed worlds: readers, creators, and an experiment on how their posts are ranked."""
