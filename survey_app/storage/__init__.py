"""The database: SQLite by default, PostgreSQL in production, behind one code path.

One module per noun; each function takes an open connection and returns domain values. Nothing here
commits: `services` opens the transaction.
"""
