"""`python -m decklint` is the `decklint` command."""

from decklint.cli import run

if __name__ == "__main__":
    run()
