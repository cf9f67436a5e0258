"""The command line: one short function per command, over the library."""
