"""What the operating system refuses is told in Chinese."""

import errno
from pathlib import Path

import pytest

from ziping.domain.errors import InputError, os_reason
from ziping.services.importing import read_bytes


@pytest.mark.parametrize(
    ("number", "told"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有权限"), (9999, "系统错误 9999")],
)
def test_reasons_are_chinese(number: int, told: str) -> None:
    """Known refusals have words, unknown ones at least their number."""
    assert os_reason(OSError(number, "English words")) == told


def test_a_name_too_long_for_the_disk_is_told() -> None:
    """A file name of 300 characters is refused, not crashed on."""
    with pytest.raises(InputError, match="文件名太长"):
        read_bytes(Path("表" * 300 + ".xlsx"))
