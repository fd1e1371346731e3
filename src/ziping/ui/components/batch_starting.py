"""Handing in files for a batch."""

import streamlit as st

from ziping.domain.batch import BatchOptions
from ziping.services.tables import template_list
from ziping.ui import resources, state
from ziping.ui.components.starting import rule_hint
from ziping.ui.telling import mistakes_told

_KINDS = ["xlsx", "xls", "xlsm", "docx", "txt", "yaml", "yml", "json"]
_FILES, _FOLDER = "一个或几个文件", "整个文件夹"


def show_starting() -> None:
    """Show what can be handed in, the settings for all of it, and the button that starts."""
    left, right = st.columns([3, 2], gap="large")
    with right:
        place, year = _settings()
        st.markdown("**没有现成的表？**")
        st.download_button(
            "下载批量填报表",
            template_list,
            file_name="项目支出绩效自评批量填报表.xlsx",
            icon=":material/download:",
            on_click="ignore",
            key="batch:template",
        )
        st.caption("一行一个指标，几行一个项目，带下拉选项；填好后在左边上传。")
    with left:
        way = st.segmented_control(
            "交什么", [_FILES, _FOLDER], default=_FILES, required=True, key="batch:way"
        )
        uploads = st.file_uploader(
            "自评数据",
            type=_KINDS,
            accept_multiple_files="directory" if way == _FOLDER else True,
            key=f"{state.drawn_key('batch')}:{way}",
            help="工作簿里可以一张表一个项目，也可以一张清单里几行一个项目；"
            "各种文件可以混放，读不了的一份会列出原因，不影响其余。",
        )
        count = len(uploads or [])
        label = f"开始生成（{count} 个文件）" if count else "开始生成"
        if st.button(label, type="primary", icon=":material/play_arrow:", disabled=not count):
            options = BatchOptions(place=place, year=year)
            with mistakes_told():
                batches = resources.engine().batching.batches
                files = ((one.name, one.getvalue()) for one in uploads)
                batch_id = batches.create(files, options)
                resources.engine().batching.start(batch_id)
                state.draw_anew("batch")
                state.show_batch(batch_id)
                st.rerun()


def _settings() -> tuple[str, int | None]:
    """Ask for place and year, which go before what the files state."""
    columns = st.columns([6, 5])
    place = columns[0].text_input(
        "地区", key="batch:place", placeholder="如：湖南 怀化；不填按全国规则", autocomplete="off"
    )
    last = resources.workspace().clock().year - 1
    year = columns[1].number_input(
        "财政年度",
        min_value=2011,
        max_value=last + 1,
        value=None,
        step=1,
        key="batch:year",
        placeholder="按表中写的",
        help="填了就全部按这一年；不填按各表写的年度，表里没有写的按上一年",
    )
    rule_hint(place.strip(), int(year or last))
    return place.strip(), None if year is None else int(year)
