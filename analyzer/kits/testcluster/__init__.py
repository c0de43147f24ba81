"""The kit of the option ``test-cluster``: a cluster beside production, and how to compare the two."""
