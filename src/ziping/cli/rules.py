"""`rules list`, `rules show` and `rules check`: the rule sets and whether the content is sound."""

import click
import yaml

from ziping.bootstrap import open_content
from ziping.cli.chinese import ChineseGroup
from ziping.cli.inputs import json_option
from ziping.cli.printing import echo_json, table
from ziping.cli.root import DONE, FOUND
from ziping.services.answering import rule_set_list
from ziping.services.answers import ContentCheck


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
    click.echo(table(("编号", "地区", "施行", "正文", "名称"), rows))
    return DONE


@rules.command(help="显示一套规则的参数和依据")
@click.argument("rule_set_id", metavar="ID", help="规则编号，见 rules list")
@json_option
def show(rule_set_id: str, *, as_json: bool) -> int:
    """Print one rule set."""
    rule_set = open_content().rule_set(rule_set_id)
    if as_json:
        echo_json(rule_set)
        return DONE
    data = rule_set.model_dump(mode="json", exclude_none=True)
    click.echo(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100).rstrip())
    return DONE


@rules.command(help="检查 knowledge 和 prompts 下的全部文件")
@json_option
def check(*, as_json: bool) -> int:
    """Print what is wrong with the content's files."""
    answer = ContentCheck(problems=tuple(open_content().check()))
    if as_json:
        echo_json(answer)
    elif answer.problems:
        click.echo("\n".join(answer.problems))
        click.echo(f"共 {len(answer.problems)} 处需要改正。", err=True)
    else:
        click.echo("规则、提纲、政策和模板都没有问题。")
    return FOUND if answer.problems else DONE
