"""Publishing: what a site has beside its pages, for machines and for readers of old addresses.

All of it is pure: values in, text out. The adapter collects the values and writes the text.
"""
