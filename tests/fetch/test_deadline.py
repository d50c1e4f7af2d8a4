"""Alarms over sockets that nobody else touches."""

import socket
import time

from mediafeed.fetch.deadline import Watch


def test_an_alarm_shuts_its_socket_in_time_and_no_other():
    near, far = socket.socketpair()
    kept, kept_far = socket.socketpair()
    watch = Watch()
    began = time.monotonic()

    with near, far, kept, kept_far, watch.alarm(30) as patient, watch.alarm(0.1) as hasty:
        patient.hold(kept)
        hasty.hold(near)
        end = near.recv(1)
        took = time.monotonic() - began
        kept_far.sendall(b"x")

        assert (end, hasty.rung, patient.rung) == (b"", True, False)
        assert kept.recv(1) == b"x"
    watch.close()
    assert 0.09 < took < 1


def test_a_socket_that_comes_too_late_is_shut_at_once():
    near, far = socket.socketpair()
    watch = Watch()

    with near, far, watch.alarm(0) as alarm:
        time.sleep(0.05)
        alarm.hold(near)

        assert near.recv(1) == b""
    watch.close()


def test_alarms_that_are_over_are_forgotten_and_their_sockets_stay_open():
    near, far = socket.socketpair()
    watch = Watch()

    with near, far:
        for _ in range(1_000):
            with watch.alarm(30) as alarm:
                alarm.hold(near)
        watch.close()
        far.sendall(b"x")

        assert near.recv(1) == b"x"
    assert len(watch._alarms) <= 1
