"""`python -m thememiner`: the command line, where executables are blocked."""

from thememiner_cli.app import main

if __name__ == "__main__":
    main()
