"""Commands beside `check`, each in a file of its own and imported when it is called."""
