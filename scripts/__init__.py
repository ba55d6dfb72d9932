"""Python beside the dbt project: event worlds, validation, export and benchmarks."""
