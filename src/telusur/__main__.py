"""``python -m telusur``: the same program as ``telusur``."""

from .cli import main

if __name__ == "__main__":
    main()
