"""Word and Excel files in and out (文件): reading tables, writing reports, verifying exports.

Heavy libraries (python-docx, openpyxl, calamine) live here only; nothing here scores or drafts.
Callers import the modules they need; this file stays empty so that starting up stays instant.
"""
