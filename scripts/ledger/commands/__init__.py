"""One module a command; its docstring is the help, `add_arguments` declares and `run` does."""
