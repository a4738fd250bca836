"""Tests of the pure core: one module of tests for each module of the package."""
