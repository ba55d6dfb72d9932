"""Simulated worlds: the events behind each scenario, made from causes and from a seed."""
