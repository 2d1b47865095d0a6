"""`python -m amberway`: the same program as `amberway`."""

from amberway.cli import main

if __name__ == "__main__":
    main()
