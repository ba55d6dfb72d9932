"""The semantic layer: the marts' metrics for MetricFlow, derived from what the marts ask for."""
