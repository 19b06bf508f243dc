"""From bytes to blocks: the anatomy of a page, from HTML or from plain text, and what it says of itself."""
