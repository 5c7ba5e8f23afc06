"""What tests share with whatever else runs on the machine."""

from __future__ import annotations

from itertools import islice

from tests import ports


def test_two_processes_of_tests_have_no_port_in_common() -> None:
    one, other = (set(islice(ports._ports.__wrapped__(), ports.OF_A_PROCESS)) for _ in range(2))
    assert not one & other
    assert len(one) == len(other) == ports.OF_A_PROCESS - 1
