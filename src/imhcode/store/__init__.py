"""The study file: one SQLite database that keeps every edit before it is acknowledged."""
