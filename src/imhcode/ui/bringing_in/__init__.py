"""Work of other programs brought into the study, and taken out again."""
