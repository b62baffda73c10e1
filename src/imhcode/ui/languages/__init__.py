"""The languages of the window: catalogues of sentences, and which one is spoken."""
