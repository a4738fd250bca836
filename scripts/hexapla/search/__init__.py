"""Search: the index of a locale, which the browser's engine reads.

Text is analysed in two places, here and in `overrides/assets/hexapla/search/analysis.js`: both give
the same terms. A page becomes a record (`records`), which can be kept as long as the page stays as
it is; the records of a locale become the files of its index (`assembling`).
"""
