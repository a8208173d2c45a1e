"""What is fast, and against whom: `make bench`."""
