"""Questionnaires as files: YAML that people write, and what to tell them when it is not right.

The way of a file: bytes → `document` (YAML to plain data, each value with its place) → `reader`
(plain data to a `Questionnaire`, each fault with its place) → `checks` (what is allowed and still
doubtful) → `library` (a folder of them, by name). `schema` describes the same format to editors.

Whoever writes a questionnaire is no programmer. Every message therefore names file, line and
column, says what is wrong and what to write instead, and a file gets all its messages at once.
"""
