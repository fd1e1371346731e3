"""A block copied from Excel, shown before it is written into the indicator grid."""

from secrets import token_hex

import streamlit as st

from ziping.domain.evaluation import Indicator, SelfEvaluation
from ziping.domain.fields import TITLES
from ziping.domain.imported import PastedRow
from ziping.services.tables import read_block
from ziping.ui import editing
from ziping.ui.components.inert import inert
from ziping.ui.telling import mistakes_told

_COLUMNS = ("level1", "level2", "level3", "target", "actual", "weight", "points", "deviation")

_MODES = ("加在现有指标后面", "替换全部指标")


@st.dialog("粘贴 Excel 区域", width="large")
def ask_for_block(project_id: str, *, is_empty: bool) -> None:
    """Take a pasted block, show how it was read, write it on confirmation."""
    st.caption(
        "在 Excel 或 WPS 里选中指标区域复制，粘贴到下面。带表头时按表头对应；"
        "不带表头时按 一级、二级、三级、年度指标值、实际完成值、分值、得分、偏差原因 的顺序读。"
    )
    text = st.text_area("粘贴到这里", height=160, key="paste:text")
    if text.strip():
        with mistakes_told():
            _show_block(project_id, text, is_empty=is_empty)


def _show_block(project_id: str, text: str, *, is_empty: bool) -> None:
    """Show how a block was read, and write it on confirmation."""
    block = read_block(text, _COLUMNS)
    rows = [_shown(row) for row in block.rows]
    st.dataframe(rows, hide_index=True, alt="读到的行")
    for one in block.unread:
        st.warning(inert(f"{one.source}：{one.text}（{one.reason}）"))
    mode = st.radio("写入方式", _MODES, int(is_empty), horizontal=True, key="paste:mode")
    if st.button(f"写入 {len(rows)} 行", type="primary", disabled=not rows):
        values = [dict(row.values) for row in block.rows]
        editing.save_project(
            project_id,
            lambda one: _with_rows(one, values, mode == _MODES[1]),
            note="粘贴指标",
        )
        st.rerun()


def _shown(row: PastedRow) -> dict[str, str]:
    """Return a read row under its columns' Chinese names."""
    return {TITLES.get(key, key): text for key, text in dict(row.values).items()}


def _with_rows(
    evaluation: SelfEvaluation,
    rows: list[dict[str, str]],
    replace: bool,  # noqa: FBT001 - a choice
) -> SelfEvaluation:
    """Return the evaluation with pasted indicators; pasted points are what the table printed."""
    mark = token_hex(3)
    used = {line.id for line in evaluation.indicators}
    lines = [] if replace else [line for line in evaluation.indicators if is_filled(line)]
    free = (name for n in range(1, 10_000) if (name := f"i{n}-{mark}") not in used)
    for row in rows:
        cells = {**row, "id": next(free), "printed": {"points": row.get("points", "")}}
        lines.append(Indicator.model_validate({**cells, "points": ""}))
    return evaluation.model_copy(update={"indicators": tuple(lines)})


def is_filled(line: Indicator) -> bool:
    """Whether a row holds more than the levels that an empty form comes with."""
    return any((line.level3, line.target, line.actual, line.weight, line.points, line.deviation))
