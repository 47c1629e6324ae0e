"""What remembers: the object store and the catalog."""
