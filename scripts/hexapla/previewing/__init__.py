"""Previewing: a site served while it is written, each page rendered when it is asked for.

Nothing here knows MkDocs: what renders pages is `mkdocs_adapter`'s, and works in processes of its
own, which `processes` starts.
"""
