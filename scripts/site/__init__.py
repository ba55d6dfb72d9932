"""The site: each question's answer as pages and data that open from the disk."""
