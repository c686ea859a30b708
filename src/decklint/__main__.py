"""`python -m decklint` is the `decklint` command."""

from decklint.cli import main

if __name__ == "__main__":
    main(prog_name="decklint")
