"""Long work that survives a closed tab and a killed process: the durable job engine (DBOS).

A job is a workflow, a step is one section; pages only start jobs and read their progress.
"""
