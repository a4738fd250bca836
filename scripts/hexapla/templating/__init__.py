"""Templating: pages from Jinja templates, where what all pages share is worked out once.

A template is rendered with symbols in place of what differs from page to page. What the template
asks of a symbol (is it set, how many are there, is it this word) is noted, with the answer; what it
writes is noted as text and holes. All pages that give the same answers have the same text around
the same holes: they are filled, and not rendered. A page with another answer is rendered with
symbols again, which adds its answers to what is known.
"""
