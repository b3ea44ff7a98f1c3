"""What can be done with the product, in the words of field work.

Each function is one deed: it opens a transaction, calls the domain, and commits. Nothing else in
the house commits. What a person may see comes back as domain values.
"""

from survey_app.storage.database import Database

__all__ = ["Database"]  # whoever calls a service holds one, and needs its name
