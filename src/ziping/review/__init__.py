"""Review of a report against figures of one's own (审核): reconciliation, workflow, the story.

Pure: domain records in, domain records out; no database, no file, no page.
"""
