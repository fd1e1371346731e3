"""`rules list`, `rules show` and `rules check`: the rule sets and whether the content is sound."""

import click

from ziping.bootstrap import open_content
from ziping.cli.chinese import ChineseGroup
from ziping.cli.echoing import echo
from ziping.cli.inputs import json_option
from ziping.cli.printing import echo_json, table
from ziping.cli.root import DONE, FOUND
from ziping.content.library import Content
from ziping.domain.rules import CERTAINTY_TITLES, RuleSet
from ziping.services.answering import rule_set_list
from ziping.services.answers import ContentCheck
from ziping.services.citing import citation_of
from ziping.services.rule_texts import rule_lines


@click.group(cls=ChineseGroup, help="查看和检查评分规则。")
def rules() -> None:
    """Hold the commands."""


@rules.command(name="list", help="列出全部评分规则")
@json_option
def list_rules(*, as_json: bool) -> int:
    """Print every rule set."""
    answer = rule_set_list(open_content())
    if as_json:
        echo_json(answer)
        return DONE
    rows = [
        (
            one.id,
            one.jurisdiction,
            f"{one.valid_from} 起" + (f"至 {one.valid_until}" if one.valid_until else ""),
            "已见" if one.text_seen else "正文未见",
            one.title,
        )
        for one in answer.rule_sets
    ]
    echo(table(("编号", "地区", "施行", "正文", "名称"), rows))
    return DONE


@rules.command(help="显示一套规则的参数和依据")
@click.argument("rule_set_id", metavar="ID", help="规则编号，见 rules list")
@json_option
def show(rule_set_id: str, *, as_json: bool) -> int:
    """Print one rule set."""
    content = open_content()
    rule_set = content.rule_set(rule_set_id)
    if as_json:
        echo_json(rule_set)
    else:
        echo(_told(content, rule_set))
    return DONE


def _told(content: Content, rule_set: RuleSet) -> str:
    """Return a rule set as people read it."""
    until = f"至 {rule_set.valid_until}" if rule_set.valid_until else "至今"
    head = (
        f"{rule_set.title}（编号 {rule_set.id}）",
        f"适用地区：{rule_set.jurisdiction}　施行：{rule_set.valid_from} {until}",
        f"正文：{'已见' if rule_set.text_seen else '未见，以下参数用前请核对原文'}",
        f"说明：{rule_set.summary}",
    )
    lines = (
        f"{one.title}：{one.says}\n"
        f"    依据：{citation_of(content, one.basis.clause)}"
        f"（{CERTAINTY_TITLES[one.basis.certainty]}）{one.basis.note}"
        for one in rule_lines(rule_set)
    )
    return "\n".join((*head, "", *lines))


@rules.command(help="检查 knowledge 和 prompts 下的全部文件")
@json_option
def check(*, as_json: bool) -> int:
    """Print what is wrong with the content's files."""
    answer = ContentCheck(problems=tuple(open_content().check()))
    if as_json:
        echo_json(answer)
    elif answer.problems:
        echo("\n".join(answer.problems))
        echo(f"共 {len(answer.problems)} 处需要改正。", err=True)
    else:
        echo("规则、提纲、政策和模板都没有问题。")
    return FOUND if answer.problems else DONE
