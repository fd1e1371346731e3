"""Who did what to which report, and when: each line is bound to the one before (审计)."""

import hashlib
import json
from datetime import datetime
from enum import StrEnum

from ziping.domain.model import Record

Detail = str | int
"""A number or an id; never a text that somebody wrote."""


class AuditAction(StrEnum):
    """What was done (操作)."""

    CREATE_REPORT = "新建报告"
    SAVE_REPORT = "保存报告"
    RESTORE_REPORT = "恢复报告旧版"
    DRAFT_SECTION = "起草章节"
    EDIT_SECTION = "修改章节"
    RESTORE_SECTION = "恢复章节旧版"
    SAY = "对话发言"
    REPLY = "对话答复"
    DECIDE = "处理对话建议"
    OVERRIDE_FINDING = "放行错误"
    WITHDRAW_OVERRIDE = "撤回放行"
    MOVE_REPORT = "办理审核流程"
    COMMENT = "批注"
    INVITE = "邀请外部审核"
    UNINVITE = "撤销邀请"
    ASSIGN_UNIT = "指定报告归属"
    KEEP_OWN_FIGURES = "保存审核人数据"
    ADD_WORD_TEMPLATE = "上传底稿"
    DELETE_WORD_TEMPLATE = "删除底稿"
    ADD_ORIGINAL = "添加原文"
    EDIT_ORIGINAL = "修改原文信息"
    REMOVE_ORIGINAL = "移除原文"
    VERIFY_DIGEST = "核对转述"
    WITHDRAW_VERIFICATION = "撤回核对"
    BACK_UP = "备份"
    RESTORE_BACKUP = "恢复备份"
    SIGN_IN = "登录"
    SIGN_OUT = "退出登录"
    ADD_ACCOUNT = "新增账号"
    CHANGE_ACCOUNT = "修改账号"


class AuditEntry(Record):
    """One line of the audit log (审计记录)."""

    id: int
    """Counts from 1 without gaps."""
    at: datetime
    by: str
    action: str
    report_id: int | None = None
    details: dict[str, Detail] = {}
    """Numbers and ids only: versions, sections, counts."""
    previous: str = ""
    """Hash of the entry before; blank for the first."""
    hash: str = ""
    """Hash over everything above."""

    def sealed(self) -> "AuditEntry":
        """Return the entry with the hash it must have."""
        return self.model_copy(update={"hash": self._computed()})

    @property
    def is_sound(self) -> bool:
        """Whether nothing of it was changed since it was sealed."""
        return self.hash == self._computed()

    def _computed(self) -> str:
        """Return the hash over everything but itself, the same on every database."""
        told = [self.previous, self.id, self.at.isoformat(), self.by, self.action, self.report_id]
        text = json.dumps([*told, self.details], ensure_ascii=True, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()
