"""Who may ask a worker to draw."""

from __future__ import annotations

import pytest

from workers.remote.signing import WINDOW_S, Denied, Gate, authorization

KEY = "k" * 32
ROUTE = "POST /v1/renders"
NOW = 1_800_000_000.0


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gate(clock: Clock) -> Gate:
    return Gate(KEY, clock)


def signed(clock: Clock, body: bytes = b"pictures", key: str = KEY, route: str = ROUTE) -> str:
    return authorization(key, route, body, clock)


def test_what_is_signed_comes_in_with_the_body_that_was_signed(gate: Gate, clock: Clock) -> None:
    digest = gate.admit(ROUTE, signed(clock))
    assert gate.is_body(digest, b"pictures")
    assert not gate.is_body(digest, b"other pictures")


@pytest.mark.parametrize("header", ["", "Bearer " + KEY, "Fashioncore", "Fashioncore time=1"])
def test_what_is_not_signed_stays_outside(gate: Gate, header: str) -> None:
    with pytest.raises(Denied, match="not signed"):
        gate.admit(ROUTE, header)


def test_another_key_another_route_and_a_changed_header_stay_outside(gate: Gate, clock: Clock) -> None:
    mine = signed(clock)
    for header in (
        signed(clock, key="x" * 32),
        signed(clock, route="GET /v1/engine"),
        mine.replace(f"time={int(NOW)}", f"time={int(NOW) + 1}"),
        mine.replace("body=", "body=0")[: len(mine)],
    ):
        with pytest.raises(Denied):
            gate.admit(ROUTE, header)


def test_a_copy_of_a_request_stays_outside_however_late_it_comes(gate: Gate, clock: Clock) -> None:
    header = signed(clock)
    gate.admit(ROUTE, header)
    for later in (0, WINDOW_S, WINDOW_S + 1, 10 * WINDOW_S):
        clock.now = NOW + later
        gate.admit(ROUTE, signed(clock))
        with pytest.raises(Denied):
            gate.admit(ROUTE, header)


def test_an_old_request_stays_outside_and_so_does_one_of_the_future(gate: Gate, clock: Clock) -> None:
    old = signed(clock)
    clock.now = NOW + WINDOW_S + 1
    with pytest.raises(Denied, match="clocks"):
        gate.admit(ROUTE, old)
    ahead = signed(clock)
    clock.now = NOW
    with pytest.raises(Denied, match="clocks"):
        gate.admit(ROUTE, ahead)


def test_what_was_signed_before_the_start_may_be_a_copy_and_is_to_be_signed_again(clock: Clock) -> None:
    header = signed(clock)
    clock.now = NOW + 5
    gate = Gate(KEY, clock)
    with pytest.raises(Denied) as denied:
        gate.admit(ROUTE, header)
    assert denied.value.retry_s
    assert gate.admit(ROUTE, signed(clock))
