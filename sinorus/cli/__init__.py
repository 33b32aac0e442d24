"""The command line: arguments to a request, the library's answer to a stream."""
