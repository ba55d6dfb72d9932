"""Spark as the second engine: the same models on both, and whether their tables agree."""
