"""Answers from the score sheet, the findings and what is missing; every figure is theirs (解释)."""

from collections.abc import Iterable, Sequence

from ziping.chat.intents import Wish
from ziping.chat.scene import Scene
from ziping.domain.evaluation import SelfEvaluation
from ziping.domain.findings import Finding, MissingItem, Severity
from ziping.domain.numbers import plain
from ziping.domain.rates import rate_text
from ziping.domain.scores import LineScore, LineStatus, ScoreSheet

_MOST_LINES = 6
_MOST_MISSING = 5


def score_told(scene: Scene) -> str:
    """Return the scores, project by project, with what was lost and what is open."""
    pairs = zip(scene.report.projects, scene.sheets, strict=True)
    told = [_sheet_told(scene, one, sheet) for one, sheet in pairs]
    return "\n".join(told) or "还没有项目，先说项目名称和资金。"


def _sheet_told(scene: Scene, project: SelfEvaluation, sheet: ScoreSheet) -> str:
    """Return one project's score."""
    name = f"{project.name or '未命名项目'}：" if len(scene.sheets) > 1 else ""
    if sheet.total is None:
        open_lines = [one for one in sheet.lines if one.status is LineStatus.UNDETERMINED]
        told = (
            f"{name}已定 {plain(sheet.determined, 2)} 分，最多可到 {plain(sheet.high, 2)} 分；"
            f"还有 {len(open_lines)} 项定不了分"
        )
        needs = [one.needs for one in open_lines if one.needs][:2]
        return f"{told}。{''.join(needs)}"
    grade = f"，等级 {sheet.grade}" if sheet.grade else f"。{sheet.grade_needs}"
    lost = [one for one in sheet.lines if one.deduction]
    parts = "；".join(f"{_title(one)}扣 {plain(one.deduction, 2)} 分" for one in lost[:_MOST_LINES])
    told = f"{name}总分 {plain(sheet.total, 2)}{grade.rstrip('。')}。"
    return told + (f"扣分：{parts}。" if parts else "没有扣分。")


def _title(line: LineScore) -> str:
    return line.level3 or line.level2 or "执行率"


def why_told(scene: Scene, wish: Wish) -> tuple[str, tuple[str, ...]]:
    """Return why a line has its points, and the clauses that rests on."""
    lines = list(_lines_of(scene, wish))
    if not lines:
        lines = [line for sheet in scene.sheets for line in sheet.lines if line.deduction]
        if not lines:
            return f"现在没有扣分。\n{score_told(scene)}", ()
    told = [_line_told(one) for one in lines[:_MOST_LINES]]
    if wish.is_of_execution:
        told += [_rates_told(sheet) for sheet in scene.sheets if sheet.rates]
    clauses = dict.fromkeys(one.trace.clause for one in lines[:_MOST_LINES] if one.trace.clause)
    return "\n".join(told), tuple(clauses)


def _lines_of(scene: Scene, wish: Wish) -> Iterable[LineScore]:
    """Yield the lines a question is about."""
    for sheet in scene.sheets:
        if wish.project and sheet.project_id != wish.project:
            continue
        if wish.is_of_execution:
            yield sheet.execution
        for ref in wish.lines:
            line = sheet.line(ref.line.id) if ref.project.id == sheet.project_id else None
            if line is not None:
                yield line


def _line_told(line: LineScore) -> str:
    """Return a line's points with formula, reason and distance."""
    if line.status is LineStatus.UNDETERMINED:
        return f"{_title(line)}：还定不了分。{line.needs}"
    points = "—" if line.points is None else plain(line.points, 2)
    weight = "—" if line.weight is None else plain(line.weight)
    parts = [f"{_title(line)}：{points} 分（满分 {weight} 分）。{line.trace.reason}"]
    if line.trace.formula:
        parts.append(f"算式：{line.trace.formula}。")
    if line.trace.distance:
        parts.append(f"{line.trace.distance.rstrip('。')}。")
    return "".join(parts)


def _rates_told(sheet: ScoreSheet) -> str:
    """Return every rate with its base named."""
    parts = [
        f"{one.base.value} {rate_text(one.value)}{'（计分用）' if one.counts else ''}"
        for one in sheet.rates
    ]
    return f"各口径：{'；'.join(parts)}。"


def missing_told(items: Sequence[MissingItem]) -> str:
    """Return what is missing, what most hangs on first, and who has it."""
    if not items:
        return "该填的都填了。可以说“评分”“起草全部”或“导出”。"
    lines = [
        f"{number}. {one.field}：{one.why}；找{one.ask}"
        + (f"（关系到 {plain(one.points)} 分）" if one.points else "")
        for number, one in enumerate(items[:_MOST_MISSING], 1)
    ]
    more = (
        f"\n还有 {len(items) - _MOST_MISSING} 项，填完这些再说。"
        if len(items) > _MOST_MISSING
        else ""
    )
    return f"还缺 {len(items)} 项，最要紧的是：\n" + "\n".join(lines) + more


def findings_told(findings: Sequence[Finding]) -> tuple[str, tuple[str, ...]]:
    """Return what the checks found, the gravest first, and the clauses behind it."""
    if not findings:
        return "检查过了，没有发现问题。", ()
    ranked = sorted(findings, key=lambda one: list(Severity).index(one.severity))
    counts = "，".join(
        f"{severity.value} {found}"
        for severity in Severity
        if (found := sum(one.severity is severity for one in findings))
    )
    lines = [
        f"{number}. [{one.severity.value}] {one.where.label}：{one.message}{one.remedy}"
        for number, one in enumerate(ranked[:_MOST_LINES], 1)
    ]
    clauses = dict.fromkeys(one.clause for one in ranked[:_MOST_LINES] if one.clause)
    return f"检查结果：{counts}。\n" + "\n".join(lines), tuple(clauses)
