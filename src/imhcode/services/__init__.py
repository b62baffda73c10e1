"""What the program can do, without a window: each service is one face of the study."""
