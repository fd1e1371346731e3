"""How the program runs: processes, jobs, saves, requests to models; and how to back it up."""

from collections import defaultdict
from collections.abc import Sequence

import streamlit as st

from ziping.domain.activity import Health, JobCounts, ModelCalls
from ziping.domain.processes import WorkingProcess
from ziping.services.model_requests import SUCCEEDED
from ziping.ui import resources
from ziping.ui.components.band import local_time
from ziping.ui.components.inert import inert

_BACKUP = """
在运行自评通的机器上执行，使用中也可以备份：

```bash
ziping backup -o 备份.zip     # 全部数据存成一个文件
ziping audit verify           # 核验审计日志有没有被改动
ziping doctor                 # 逐项检查设置和连接
```
"""


def show_operations() -> None:
    """Show how the program is, for an administrator."""
    found = resources.health()
    for problem in found.problems:
        st.warning(inert(problem))
    _show_counts(found)
    working = [_process_row(one) for one in found.processes]
    _show_table("处理任务的进程", working, "没有；有人打开“起草”页或启动任务进程时开始")
    changes = [{"操作": action, "次数": count} for action, count in found.changes_day.items()]
    _show_table("一天内的操作", changes, "一天内没有操作")
    _show_table("七天内的模型调用", _call_rows(found.model_calls), "七天内没有调用模型")
    with st.expander("备份与检查"):
        st.markdown(_BACKUP)
    st.caption(f"数据库：{found.database}；以上每 10 秒统计一次。")


def _show_counts(found: Health) -> None:
    """Show the figures to look at first."""
    jobs: JobCounts = found.jobs
    figures = {
        "报告": found.reports,
        "排队中的任务": jobs.waiting,
        "进行中的任务": jobs.running,
        "一天内完成": jobs.done,
        "一天内未完成": jobs.failed,
        "一小时内保存": found.changes_hour,
        "数据库应答（毫秒）": found.answered_ms,
    }
    for column, (title, figure) in zip(st.columns(len(figures)), figures.items(), strict=True):
        column.metric(title, figure)


def _show_table(title: str, rows: Sequence[dict[str, object]], absent: str) -> None:
    """Show a titled table, or that there is nothing to show."""
    st.markdown(f"**{title}**")
    if rows:
        st.dataframe(rows, hide_index=True, width="content", alt=title)
    else:
        st.caption(absent)


def _process_row(one: WorkingProcess) -> dict[str, object]:
    """Return a process's line."""
    started = local_time(one.started_at) if one.started_at else ""
    return {"用途": one.kind, "主机": one.host, "进程号": one.pid, "启动": started}


def _call_rows(calls: Sequence[ModelCalls]) -> list[dict[str, object]]:
    """Return a line a day and model: how many succeeded, what failed, how long one took."""
    grouped: dict[tuple[str, str], list[ModelCalls]] = defaultdict(list)
    for one in calls:
        grouped[one.day.isoformat(), one.model].append(one)
    return [_call_row(day, model, same) for (day, model), same in grouped.items()]


def _call_row(day: str, model: str, calls: Sequence[ModelCalls]) -> dict[str, object]:
    """Return one day of one model."""
    total = sum(one.calls for one in calls)
    failed = "，".join(f"{one.outcome} {one.calls}" for one in calls if one.outcome != SUCCEEDED)
    seconds = sum(one.milliseconds for one in calls) / total / 1000
    return {
        "日期": day,
        "模型": model,
        "次数": total,
        "其他结果": failed,
        "平均用时（秒）": f"{seconds:.1f}",
    }
