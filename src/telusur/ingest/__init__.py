"""Bytes with their origin: where a source comes from and how its text is decoded."""
