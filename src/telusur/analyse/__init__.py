"""Layers of one text: sentences, names, entities, times, quotations. One layer a file; none needs another room."""
