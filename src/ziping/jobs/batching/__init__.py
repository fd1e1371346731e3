"""A batch run in worker processes: the workers, the pool that feeds them, the run as a whole."""
