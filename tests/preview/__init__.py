"""Tests of `hexapla serve`."""
