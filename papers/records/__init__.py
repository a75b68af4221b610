"""What catalogues know about a paper: recognised, fetched, read and compared."""
