"""From layers to statements: who says so (attributions) and what is said to be so (claims)."""
