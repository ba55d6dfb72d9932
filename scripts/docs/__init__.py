"""The documentation: dbt's own pages, the lineage of columns, and the page that leads to both."""
