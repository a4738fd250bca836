"""Tests of the search: what is written in Python, and what the browser's engine makes of it."""
