"""The docs of models: dbt's own pages, lineage of columns, entity diagrams, settings."""
