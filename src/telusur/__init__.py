"""Telusur reads Indonesian-language news into records that can be searched, checked and cited."""

__version__ = "0.1.0"
