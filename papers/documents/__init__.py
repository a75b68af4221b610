"""A review in and out: as a folder, or as a page of the original's form."""
