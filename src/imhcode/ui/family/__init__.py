"""The family of a session: its people and what they agreed to, its goals, its visits."""
