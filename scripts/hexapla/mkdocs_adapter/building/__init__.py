"""Building: pages of an MkDocs site rendered one by one, at a cost that follows change.

The same plugins, parts and templates as in a stock build; what is ours is which pages are
rendered, and that nothing is done for every locale anew that all of them share.
"""
