"""Great Expectations suites for the marts, derived from the manifest, and their Data Docs."""
