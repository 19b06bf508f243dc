"""Pages: one file each. It asks the archive, in one state of it, and fills its template."""
