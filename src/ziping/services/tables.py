"""The workbooks to fill in, and blocks pasted from or copied to Excel."""

from ziping.documents.paste import copy_columns, read_block
from ziping.documents.template_list import template_list
from ziping.documents.template_workbook import template_workbook

__all__ = ["copy_columns", "read_block", "template_list", "template_workbook"]
