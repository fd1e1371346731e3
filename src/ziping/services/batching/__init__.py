"""Making many reports at once (批量): sources, one report, the journal, the roll-up.

Everything here works on one output folder and knows no processes and no database; `ziping.jobs`
runs it in worker processes, for the command line and for the page alike.
"""
