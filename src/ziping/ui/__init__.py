"""The Streamlit app: pages call one use case each and show its answer.

Session state is touched in `state` only, shared resources are made in `resources` only.
"""
