"""设置 · 运行: what an administrator sees of jobs, saves and requests to models."""

from datetime import UTC, date, datetime

import pytest
from tests.ui.app_driver import App

from ziping.domain.activity import Health, JobCounts, ModelCalls
from ziping.domain.processes import WorkingProcess
from ziping.jobs.progress import JobProgress, JobState
from ziping.ui import resources

DAY = date(2024, 3, 1)
BUSY = Health(
    ok=False,
    problems=("有 3 个任务没有做完，但没有进程在处理",),
    database="PostgreSQL 127.0.0.1:5432/ziping",
    reports=412,
    jobs=JobCounts(waiting=3, done=25),
    processes=(
        WorkingProcess(
            executor_id="a-1",
            kind="任务",
            host="服务器甲",
            machine="m",
            pid=4321,
            born="1",
            version="2",
            started_at=datetime(2024, 3, 1, 1, tzinfo=UTC),
        ),
    ),
    changes_day={"保存报告": 128},
    model_calls=(
        ModelCalls(day=DAY, model="qwen", outcome="成功", calls=8, milliseconds=24_000),
        ModelCalls(day=DAY, model="qwen", outcome="模型接口超时", calls=2, milliseconds=6_000),
    ),
)


def test_the_tab_tells_what_is_wrong_who_works_and_how_models_answered(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "health", lambda: BUSY)
    app.go("settings")

    assert "没有进程在处理" in app.text()
    assert "PostgreSQL 127.0.0.1:5432/ziping" in app.text()
    figures = {one.label: one.value for one in app.run.metric}
    assert (figures["报告"], figures["排队中的任务"], figures["一天内完成"]) == ("412", "3", "25")
    tables = [one.value.to_dict("records") for one in app.run.dataframe]
    assert {"操作": "保存报告", "次数": 128} in [row for rows in tables for row in rows]
    [calls] = [row for rows in tables for row in rows if "模型" in row]
    told = (calls["次数"], calls["其他结果"], calls["平均用时（秒）"])
    assert told == (10, "模型接口超时 2", "3.0")


def test_a_job_that_waits_says_how_many_are_before_it(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.open_example()
    waiting = JobProgress("draft-1-x", JobState.WAITING, 0, 0, "", ahead=3)
    monkeypatch.setattr(resources.shared_engine(), "latest_draft", lambda _report_id: waiting)
    app.go("drafting")

    [shown] = app.run.get("progress")
    assert shown.proto.text == "排队中：前面还有 3 个任务"
