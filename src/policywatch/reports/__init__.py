"""Values in, words out: one interface, one file a format."""
