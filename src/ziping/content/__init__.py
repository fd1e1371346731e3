"""Files of knowledge/ and prompts/, and report files, read strictly into domain objects.

Every mistake in a file is told in Chinese with the file, the line and the remedy. Here is no
scoring, no retrieval and no writing of texts; only the domain is imported.
"""
