"""How fast Mitreden answers and how much it can hold, measured on one machine in one run.

    python -m benchmarks                 everything, into benchmarks/RESULTS.md
    python -m benchmarks posters start   only these, printed and not written

A module whose name stands in `__main__.QUESTIONS` answers one question: its docstring says what it
measures and against what, its `measure(stage)` yields figures. The other modules are the stage:

    figures.py    a measured value beside its target
    machine.py    what the figures come from
    stage.py      a folder, databases, a sample wave; everything is removed at the end
    servers.py    the product's server with one of the applications of apps.py
    phones.py     people with phones, in a process of their own

Load goes to 127.0.0.1 only; every number of requests has a limit.
"""
