"""Who runs what is asked for: this process, several processes, or a Dask cluster."""
