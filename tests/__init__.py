"""Tests of Hexapla, and what they are made of."""
