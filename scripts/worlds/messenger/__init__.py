"""Messenger: people talk, some of them less and less until they leave."""
