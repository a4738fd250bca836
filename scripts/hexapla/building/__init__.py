"""Building a site at a cost that follows change: what is remembered, and how work is divided.

Nothing here knows MkDocs; what renders pages is `mkdocs_adapter`'s.
"""
