import threading

from mediafeed.store.store import Store


def test_who_stands_still_reads_what_was_held_and_others_what_is(store: Store):
    store.set_setting("guid", "one")
    seen: list[str | None] = []
    with store.as_it_stands():
        store.set_setting("guid", "two")
        thread = threading.Thread(target=lambda: seen.append(store.setting("guid")))
        thread.start()
        thread.join()
        seen.append(store.setting("guid"))

    assert seen == ["two", "one"]
    assert store.setting("guid") == "two"


def test_who_fails_while_standing_still_reads_on_as_before(store: Store):
    try:
        with store.as_it_stands():
            store.set_setting("guid", "two")
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass

    assert store.setting("guid") == "two"
