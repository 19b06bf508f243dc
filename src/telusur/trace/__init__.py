"""Tracing across articles: who copied whom, what is one text, how many independent sources there are.

Comes in: an archive. Goes out: copies, families, origins of words, and the answers that are built on them.
"""
