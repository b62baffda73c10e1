"""The window in which a clip is made: which stretch, for whom, with what hidden."""
