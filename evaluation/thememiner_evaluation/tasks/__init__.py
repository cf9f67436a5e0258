"""One module a task: the product and its peers on the same data, in one process."""
