"""The window. Nothing here opens a file or speaks SQL; services do."""
