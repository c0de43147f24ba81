"""One module a command, each with its `command`; they read, print and write, and decide nothing."""
