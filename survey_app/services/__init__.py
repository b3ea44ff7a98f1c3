"""What can be done with the product, in the words of field work.

Each function is one deed: it opens a transaction, calls the domain, and commits. Nothing else in
the house commits. What a person may see comes back as domain values.
"""
