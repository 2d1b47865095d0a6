"""The program `amberway`, also as `python -m amberway`."""


def main() -> None:
    """Run the command line; Ctrl-C while it is still being loaded ends it quietly."""
    try:
        from amberway.cli import main as program
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    program()


if __name__ == "__main__":
    main()
