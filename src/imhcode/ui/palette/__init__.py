"""The palette: one field that finds any command, code, pass, session or study by a few letters."""
