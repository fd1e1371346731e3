"""The dialog that begins a new report."""

import streamlit as st

from ziping.domain.errors import ZipingError
from ziping.domain.evaluation import Report
from ziping.services.reports import blank_project, create_report
from ziping.ui import navigation, resources, state
from ziping.ui.components.inert import inert
from ziping.ui.telling import mistakes_told


def rule_hint(place: str, year: int) -> None:
    """Say which rules a place and a year bring, and why."""
    try:
        choice = resources.workspace().content.choose_rule_set(place, year)
    except ZipingError as error:
        st.warning(inert(str(error)))
        return
    st.info(
        f"**适用规则：{inert(choice.rule_set.title)}**　{inert(choice.reason)}",
        icon=":material/gavel:",
    )


def place_and_year(prefix: str) -> tuple[str, int]:
    """Ask for place and fiscal year; return both."""
    left, right = st.columns([3, 2])
    place = left.text_input(
        "地区",
        key=f"{prefix}:place",
        placeholder="如：湖南 怀化；不填按全国规则",
        autocomplete="off",
    )
    last = resources.workspace().clock().year - 1
    year = right.number_input(
        "财政年度", min_value=2011, max_value=last + 1, value=last, step=1, key=f"{prefix}:year"
    )
    return place.strip(), int(year)


@st.dialog("新建报告", width="medium")
def ask_for_new_report() -> None:
    """Ask what every report needs, then open it for filling."""
    unit = st.text_input(
        "编报单位",
        key="new:unit",
        placeholder="单位全称，如：某某市公共资源交易中心",
        autocomplete="off",
    )
    place, year = place_and_year("new")
    rule_hint(place, year)
    st.caption("单位和年度以后都能改。评分规则由地区和年度决定，也可以在填报页另选。")
    if st.button("新建", type="primary", key="new:create"):
        project = blank_project(unit=unit.strip())
        report = Report(unit=unit.strip(), fiscal_year=year, place=place, projects=(project,))
        with mistakes_told():
            state.open_report(create_report(resources.workspace(), report))
            st.switch_page(navigation.page_path("filling"))
