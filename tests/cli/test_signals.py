"""Waiting for signals."""

import os
import signal
import threading
import time

from mediafeed.cli.signals import signals


def test_a_signal_that_the_waiting_thread_does_not_get_itself_is_heard_all_the_same():
    def send() -> None:
        time.sleep(0.05)  # the other one waits by then; if not, the test is only easier
        signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
        late.wait(5)
        os.kill(os.getpid(), signal.SIGUSR2)  # wakes whoever did not hear

    late = threading.Event()
    sending = threading.Thread(target=send)
    with signals(signal.SIGUSR1, signal.SIGUSR2) as next_signal:
        sending.start()
        heard = next_signal()
        late.set()
        sending.join()
        after = next_signal()

    assert (heard, after) == (signal.SIGUSR1, signal.SIGUSR2)


def test_signals_that_come_before_anybody_waits_are_heard_in_their_order():
    with signals(signal.SIGUSR1, signal.SIGUSR2) as next_signal:
        for number in (signal.SIGUSR2, signal.SIGUSR1, signal.SIGUSR2):
            signal.raise_signal(number)

        heard = [next_signal() for _ in range(3)]

    assert heard == [signal.SIGUSR2, signal.SIGUSR1, signal.SIGUSR2]


def test_afterwards_signals_do_what_they_did_before():
    before = signal.getsignal(signal.SIGUSR1), signal.set_wakeup_fd(-1)

    with signals(signal.SIGUSR1):
        pass

    assert (signal.getsignal(signal.SIGUSR1), signal.set_wakeup_fd(-1)) == before
