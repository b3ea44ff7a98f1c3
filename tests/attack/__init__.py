"""Disclosure control under attack: a network of schools, and somebody who adds and subtracts.

    schools.py    a world: schools, waves, what everybody answered; one seed, one world
    houses.py     who decides what is shown: our rules, and two naive houses
    history.py    what happens: waves close, sheets are read, roll-ups are asked for, limits move
    seen.py       what the reader of all of it sees
    promises.py   what a look at it must not show (ANONYMITY.md, written down once more)
    algebra.py    which groups of people any combination isolates: linear algebra, exact
    solver.py     which answers follow: integer programming, with none, one or two answers known
    two_groups.py what follows from silence about groups: every world, listed
    listed.py     the same of which breakdown there is, and of then and now
    recounts.py   what a reader of the old sheet learns from the new one
    printed.py    the files of a history, printed by the product and read back
    rules.py      our rules, loaded afresh with a fault built in
    mutants.py    the faults

The attacker knows everything but the answers: who was asked, how many answered where, which waves a
roll-up was made of, the program with its limits, and up to two answers.

`make attack` (``python -m tests.attack 1000000``) plays as many histories as one likes.
"""
