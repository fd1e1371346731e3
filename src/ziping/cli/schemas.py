"""`schema`: the JSON schema of report files and of what each command prints."""

import json

import click
from pydantic import TypeAdapter

from ziping.cli.chinese import ChineseCommand
from ziping.cli.echoing import echo
from ziping.cli.root import DONE
from ziping.content.report_file import report_json_schema
from ziping.domain.activity import Health
from ziping.domain.errors import InputError
from ziping.domain.grounding import Grounding
from ziping.domain.rules import RuleSet
from ziping.services import (
    answers,
    auditing,
    backing_up,
    chat_answers,
    inviting,
    library_answers,
    people,
    review_answers,
)

_ANSWERS: dict[str, TypeAdapter[object]] = {
    "score": TypeAdapter(answers.ProjectScore | answers.ReportScore),
    "check": TypeAdapter(answers.ProjectCheck | answers.ReportCheck),
    "ground": TypeAdapter(Grounding),
    "say": TypeAdapter(chat_answers.SayAnswer),
    "verify": TypeAdapter(answers.VerifyAnswer),
    "reconcile": TypeAdapter(review_answers.ReconcileAnswer),
    "review-list": TypeAdapter(review_answers.ReviewList),
    "review-invitations": TypeAdapter(inviting.InvitationList),
    "review-act": TypeAdapter(review_answers.ReviewStep),
    "review-history": TypeAdapter(review_answers.ReviewHistory),
    "batch": TypeAdapter(answers.BatchAnswer),
    "rules-list": TypeAdapter(answers.RuleSetList),
    "rules-show": TypeAdapter(RuleSet),
    "rules-check": TypeAdapter(answers.ContentCheck),
    "search": TypeAdapter(library_answers.SearchAnswer),
    "knowledge-add": TypeAdapter(library_answers.DocumentAnswer),
    "knowledge-list": TypeAdapter(library_answers.DocumentList),
    "knowledge-show": TypeAdapter(library_answers.DocumentShown),
    "knowledge-verify": TypeAdapter(library_answers.ComparisonAnswer),
    "people": TypeAdapter(people.PeopleList),
    "health": TypeAdapter(Health),
    "backup": TypeAdapter(backing_up.BackupAnswer),
    "restore": TypeAdapter(backing_up.BackupAnswer),
    "audit-list": TypeAdapter(auditing.AuditList),
    "audit-verify": TypeAdapter(auditing.AuditVerdict),
    "doctor-airgap": TypeAdapter(answers.AirgapAnswer),
    "doctor": TypeAdapter(answers.DoctorAnswer),
}
_NAMES = ("report", *_ANSWERS)


@click.command(cls=ChineseCommand, help=f"打印 JSON Schema。可选：{'、'.join(_NAMES)}。")
@click.argument(
    "name", metavar="[NAME]", default="report", help="report 是数据文件，其余是命令的 --json 输出"
)
def schema(name: str) -> int:
    """Print a schema."""
    if name == "report":
        found = report_json_schema()
    elif name in _ANSWERS:
        found = _ANSWERS[name].json_schema(mode="serialization")
    else:
        raise InputError(f"没有名为 {name} 的 Schema", remedy=f"可选：{'、'.join(_NAMES)}")
    echo(json.dumps(found, ensure_ascii=False, indent=2))
    return DONE
