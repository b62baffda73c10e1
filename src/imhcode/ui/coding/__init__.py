"""The workspace in which a session is coded."""
