"""Everything that people see on paper or as a file is drawn here, from values of `domain`.

pdf.py         documents to PDF, in child processes with limits (pdf_worker.py is the child,
               pdf_reading.py how it reads a document)
environment.py the one Jinja environment; templates/ and styles/ belong to it
palette.py     colours that survive greyscale and meet WCAG AA; fitting.py the sizes of titles
qr.py poster.py pictures.py
paper_form.py  a questionnaire to be ticked with a pen; paper_conditions says show_if in words
sheet.py       the evaluation sheet, on paper and on a screen: sheet_page says it, from sheet_parts;
               sheet_layout makes it fit two pages (sheet_heights and metrics measure,
               sheet_trimming gives way)
charts/        one module each; exports/ one format each
"""
