"""Files with tables: how they are read, and which are refused."""
