"""Search: what a person types, as conditions that an archive checks, the same in both engines.

  query       the query language, as a tree
  names       whom a name means, in any spelling
  conditions  the tree as conditions on articles, claims and sayings
  find        pages by key, counts, facets, ranks
`docs/search.md` describes the language.
"""
