"""Whether another process is at work: looked for on this machine, else told by its silence."""

import subprocess
import sys

import pytest

from ziping.jobs.liveness import is_at_work, this_process


def test_this_process_is_at_work_however_silent() -> None:
    me = this_process("网页", "2")
    assert is_at_work(me.model_copy(update={"silent_s": 3600.0}))


def test_each_start_has_a_name_of_its_own() -> None:
    assert this_process("网页", "2").executor_id != this_process("网页", "2").executor_id


def test_a_dead_process_of_this_machine_is_known_at_once() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        pid = other.pid
        other.kill()
    dead = this_process("任务", "2").model_copy(update={"pid": pid, "silent_s": 0.0})
    assert not is_at_work(dead)


def test_a_number_used_again_is_another_process() -> None:
    """Its start time tells the two apart."""
    me = this_process("任务", "2")
    assert not is_at_work(me.model_copy(update={"born": "1"}))


@pytest.mark.parametrize(("silent_s", "expected"), [(0.0, True), (14.0, True), (16.0, False)])
def test_a_process_of_another_machine_is_judged_by_its_silence(
    silent_s: float, *, expected: bool
) -> None:
    there = this_process("任务", "2").model_copy(
        update={"machine": "another", "pid": 1, "silent_s": silent_s}
    )
    assert is_at_work(there) is expected
