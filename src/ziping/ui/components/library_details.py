"""The fields of an original, for correcting (文件信息)."""

import streamlit as st

from ziping.services.originals import OriginalDetails

STATUSES = ("现行", "已废止", "待核实")


def ask_details(details: OriginalDetails, *, prefix: str) -> OriginalDetails:
    """Show the details in boxes and return what they hold."""
    title = st.text_input(
        "标题", details.title, key=f"{prefix}:title", autocomplete="off", help="不带书名号"
    )
    left, right = st.columns(2)
    number = left.text_input(
        "文号",
        details.number,
        key=f"{prefix}:number",
        placeholder="如：财预〔2020〕10号；没有就留空",
        autocomplete="off",
    )
    issuer = right.text_input(
        "发文机关", details.issuer, key=f"{prefix}:issuer", autocomplete="off"
    )
    day, place, status = st.columns(3)
    return OriginalDetails(
        title=title,
        number=number,
        issuer=issuer,
        date=day.text_input(
            "印发日期",
            details.date,
            key=f"{prefix}:date",
            placeholder="2020-02-25",
            autocomplete="off",
        ),
        jurisdiction=place.text_input(
            "适用地区",
            details.jurisdiction,
            key=f"{prefix}:place",
            placeholder="如：湖南",
            autocomplete="off",
        ),
        status=status.selectbox(
            "状态",
            STATUSES,
            index=STATUSES.index(details.status) if details.status in STATUSES else 0,
            key=f"{prefix}:status",
        ),
    )
