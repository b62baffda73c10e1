"""What a parent sees: a picture, a title, large controls, and nothing else."""
