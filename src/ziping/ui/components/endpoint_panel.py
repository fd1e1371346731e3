"""The model endpoint: what is configured, and a test that says what failed."""

import streamlit as st

from ziping.domain.endpoint import shown_address
from ziping.services.endpoint_check import test_endpoint
from ziping.ui import resources
from ziping.ui.components.inert import inert

_HOW = """
模型由管理员用环境变量设置，重新启动后生效；密钥不会显示、保存或导出：

- `OPENAI_BASE_URL`：接口地址，到 `/v1` 为止，如本机的 Ollama、vLLM
- `OPENAI_MODEL`：模型名称
- `OPENAI_API_KEY`：密钥，没有可以不设
- `ZIPING_MODEL_CONCURRENCY`：同时起草几节，默认 4
- `ZIPING_MODEL_TIMEOUT`：等一次回答最多几秒，默认 60
"""


def show_endpoint() -> None:
    """Show the endpoint in use and test it on request."""
    endpoint = resources.desk().endpoint
    if endpoint is None:
        st.info("没有设置模型，全部章节由离线模板起草，不访问网络。", icon=":material/cloud_off:")
        st.markdown(_HOW)
        return
    st.markdown(f"**{inert(endpoint.model)}**")
    st.text(f"接口地址：{shown_address(endpoint.base_url)}")
    st.text(f"密钥：{'已设置' if endpoint.api_key else '未设置'}")
    st.text(f"同时起草 {endpoint.concurrency} 节，每次最多等 {endpoint.timeout_s:.0f} 秒")
    if st.button("测试连接", icon=":material/network_check:", key="endpoint-test"):
        with st.spinner("正在测试……"):
            report = test_endpoint(endpoint)
        (st.success if report.works else st.error)(inert(report.told))
        rows = [{"方式": one.step, "结果": one.told} for one in report.steps]
        if rows:
            st.dataframe(rows, hide_index=True, alt="逐项测试结果")
    with st.expander("怎么修改"):
        st.markdown(_HOW)
