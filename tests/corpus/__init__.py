"""Tests against real deliveries; skipped where these are not there."""
