"""Small widgets that know nothing of coding."""
