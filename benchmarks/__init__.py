"""Measure Hexapla and its peers in one run: `make bench`."""
