"""What everybody may read: the pages that law expects, and what a network shows of its measures.

    views.py      the addresses: for a survey below its code, for the website at the top
    pages.py      what the pages show
    measures.py   the addresses of the public list (measures_pages.py, measures.css)

Imprint, privacy and accessibility say what stands in networks/*.yaml about whoever is responsible,
and how this installation is set: the limits, the days. Where a fact is missing the page says so.
"""
