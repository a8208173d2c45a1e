"""The official publications of the lists, each read in its own form into one shape: `Entry`."""
