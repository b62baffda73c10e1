"""The drawn scene behind the sample recordings: script, acting, pictures and sound."""
