"""What a shell offers for a word while it is typed: commands, options, what is in the library."""
