"""What leaves a study for people: notes on visits, packages for supervision, and opening one."""
