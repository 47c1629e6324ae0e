import os
import subprocess

from models.lease import Holder
from storage.catalog.holders import is_known_dead, this_process


def test_this_process_is_not_dead() -> None:
    assert this_process().process == os.getpid()
    assert not is_known_dead(this_process())


def test_a_process_that_has_ended_is_dead() -> None:
    child = subprocess.Popen(["sleep", "60"])
    started = int(open(f"/proc/{child.pid}/stat").read().rpartition(")")[2].split()[19])  # noqa: PTH123, SIM115
    holder = this_process().model_copy(update={"process": child.pid, "started": started})
    assert not is_known_dead(holder)
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert is_known_dead(holder), "a zombie works no more"
    child.wait()
    assert is_known_dead(holder)


def test_a_later_process_with_the_same_number_is_another() -> None:
    me = this_process()
    assert is_known_dead(me.model_copy(update={"started": me.started - 1}))


def test_before_the_machine_was_started_again_everything_was_other_processes() -> None:
    assert is_known_dead(this_process().model_copy(update={"boot": "an earlier one"}))


def test_of_another_machine_nothing_is_known() -> None:
    assert not is_known_dead(Holder(host="elsewhere", boot="b", process=1, started=1))
    assert not is_known_dead(this_process().model_copy(update={"host": "elsewhere", "process": 0}))
