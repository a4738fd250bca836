"""Turn localized help articles into one source bundle per topic."""
