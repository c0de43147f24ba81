"""Assessment -> the files to start with, for each option, and a ledger of every key."""
