"""Questionnaires as files: YAML that people write, and what to tell them when it is not right.

The way of a file: bytes → `document` (YAML to plain data, each value with its place) → `reader`
(plain data to a `Questionnaire`, each fault with its place) → `library` (a folder of them, by
name). `checks` looks at it once more: beside the other files (`across`, `releases`, `packs`) and
with the eyes of those who answer (`doubts`). `schema` describes the format to editors, `starting`
begins a file from the bank of questions.

`networks` reads and checks the other files that people write, what networks say about themselves;
`definitions` is the reader for all that is one model and no questionnaire.

Other programs have a say, too: `translating` sends the wordings to translators and takes them back
(`editing` puts them into the file and touches nothing else), `xlsform` reads spreadsheets, and
`writing` writes what comes of them as an author would.

Whoever writes a questionnaire is no programmer. Every message therefore names file, line and
column, says what is wrong and what to write instead, and a file gets all its messages at once.
"""
