"""Tracing across articles: who copied whom, what is one text, how many independent sources there are.

Comes in: an archive. Goes out: copies, families, origins of words, and the answers that are built on them.

Copies, in the order in which a text passes through:
  prose, prints   its own words, and the prints of their runs;  pages, segments  the index of prints
  candidates      which texts to compare;  align, judge, links  word by word, and what that makes of two
  update          drives these over what is new;  copies, families, stories, changes, versions, origin  what is asked of it
Sources, in the order in which a claim does:
  nearness        which articles to compare;  tellings, parties  an article opened for that
  agreeing, unread, groups   who tells the same, and why
  origins, owners, credits   from whom each has it, and whose the outlets are
  independence, tree, disagreement, proof   how many sources, as what proof, and who tells it otherwise
"""
