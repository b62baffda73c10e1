"""What is promised about speed and safety, measured; run ``python -m benchmarks --help``."""
