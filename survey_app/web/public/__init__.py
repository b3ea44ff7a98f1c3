"""What everybody may read: the pages that law expects.

    views.py      the addresses: for a survey below its code, for the website at the top
    pages.py      what the pages show

Imprint, privacy and accessibility say what stands in networks/*.yaml about whoever is responsible,
and how this installation is set: the limits, the days. Where a fact is missing the page says so.
"""
