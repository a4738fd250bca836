"""Previewing: pages of an MkDocs site rendered when they are asked for.

The same site as `building` makes, of which one page at a time is rendered; what that shows of
others is read as shortly as can be.
"""
