"""Everything that people see on paper or as a file is drawn here, from values of `domain`.

pdf.py         documents to PDF, in child processes with limits (pdf_worker.py is the child,
               pdf_reading.py how it reads a document)
environment.py the one Jinja environment; templates/ and styles/ belong to it
palette.py     colours that survive greyscale and meet WCAG AA; fitting.py the sizes of titles
qr.py pictures.py
prints/        posters, cards, stickers, slides, the teacher's page: one module each
logos.py       logos that people upload, made anew (logo_svg.py reads the drawings)
paper_form.py  a questionnaire to be ticked with a pen; paper_conditions says show_if in words
school_request.py  the pack for the head of a school, put together from all of these
sheet.py       the evaluation sheet, on paper and on a screen: sheet_page says it, from sheet_parts;
               sheet_layout makes it fit two pages (sheet_heights and metrics measure,
               sheet_trimming gives way)
charts/        one module each; exports/ one format each
"""
