"""The conversation on 起草: said, proposed, decided, and what is left of it."""

from tests.ui.app_driver import App

from ziping.domain.evaluation import Report
from ziping.services.chat_decisions import accept
from ziping.services.chatting import conversation, say
from ziping.services.reports import create_report, open_report
from ziping.ui import resources


def speak(app: App, text: str) -> None:
    """Type into the conversation's box and send it."""
    app.run.chat_input[0].set_value(text).run()
    assert not app.run.exception


def report_id(app: App) -> int:
    """Return the id of the open report."""
    return int(app.run.query_params["report"][0])


def test_what_is_said_is_laid_out_and_written_on_a_press(app: App) -> None:
    app.open_example()
    app.go("drafting")
    speak(app, "执行数600，到位610")
    told = app.text()
    assert "读到 2 处，采纳后写入" in told
    assert "619.52 万元 →  600 万元" in told
    assert "来自：“执行数600”；“到位610”" in told
    assert "98.00" in told
    app.press("写入所选（2）")
    assert "97.68" in app.text()
    assert "已写入" in app.text()
    app.press("撤销这次写入")
    assert "98.00" in app.text()
    assert "已撤销" in app.text()


def test_single_rows_are_left_out_by_their_tick(app: App) -> None:
    app.open_example()
    app.go("drafting")
    speak(app, "执行数600，到位610")
    app.run.checkbox[1].set_value(False).run()
    app.press("写入所选（1）")
    row = open_report(resources.workspace(), report_id(app)).report.projects[0].funds[0]
    assert (row.executed, row.received) == ("600", "619.52")


def test_a_value_is_changed_before_it_is_written(app: App) -> None:
    app.open_example()
    app.go("drafting")
    speak(app, "执行数600")
    app.run.text_input(key="chat-value:1:0").set_value("601").run()
    app.press("按此写入")
    row = open_report(resources.workspace(), report_id(app)).report.projects[0].funds[0]
    assert row.executed == "601"
    assert "改后写入" in app.text()


def test_a_question_is_answered_by_a_press(app: App) -> None:
    app.open_example()
    app.go("drafting")
    speak(app, "预算580万")
    app.press("年初预算数")
    assert "760 万元 →  580 万元" in app.text()


def test_the_conversation_survives_a_new_session(app: App) -> None:
    app.open_example()
    app.go("drafting")
    speak(app, "可持续影响为什么扣分")
    app.go("filling")
    app.go("drafting")
    assert "8.00 分（满分 10 分）" in app.text()


def test_markup_in_what_was_said_stays_text(app: App) -> None:
    app.open_example()
    said = "年初预算763万元 <img src=x onerror=alert(1)> [链接](http://x.y) **粗** :red[红]"
    turn = say(resources.desk(), report_id(app), said)
    assert turn.reply is not None
    app.go("drafting")
    html = "\n".join(str(getattr(one, "value", "")) for one in app.run.get("html"))
    assert "<img" not in html
    assert "&lt;img" in html
    assert all("http://x.y" not in str(one.value) for one in app.run.markdown)


def test_a_stale_proposal_says_so(app: App) -> None:
    app.open_example()
    workspace = resources.workspace()
    first = say(resources.desk(), report_id(app), "执行数600")
    second = say(resources.desk(), report_id(app), "执行数610")
    accept(workspace, report_id(app), second.number)
    app.go("drafting")
    assert "已被改成“610”，不会覆盖" in app.text()
    assert conversation(workspace, report_id(app))[0] == first


def test_an_empty_report_is_greeted_with_the_first_question(app: App) -> None:
    workspace = resources.workspace()
    app.run.query_params["report"] = str(create_report(workspace, Report(fiscal_year=2023)))
    app.go("drafting")
    assert "先从最要紧的说起" in app.text()
    speak(app, "年初预算760万元")
    app.press("采纳")
    stored = open_report(workspace, report_id(app)).report
    assert stored.projects[0].funds[0].initial_budget == "760"


def test_drafting_all_is_offered_in_the_conversation(app: App) -> None:
    app.open_example()
    app.go("drafting")
    speak(app, "把整篇报告生成出来")
    assert any(one.label == "起草全部章节" for one in app.run.button)
