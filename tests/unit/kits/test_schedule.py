import pytest

from analyzer.kits.schedule import to_calendar, to_cron


@pytest.mark.parametrize(
    ("calendar", "cron"),
    [
        ("daily", "0 0 * * *"),
        ("*-*-* 04:00:00", "0 4 * * *"),
        ("Mon 03:30", "30 3 * * 1"),
        ("Mon..Fri *-*-* 22:15", "15 22 * * 1-5"),
        ("*:0/15", "*/15 * * * *"),
        ("*-*-01 00:00", "0 0 1 * *"),
        ("Sat,Sun 10:00", "0 10 * * 6,0"),
        ("17:05", "5 17 * * *"),
    ],
)
def test_what_systemd_says_cron_says_too(calendar, cron):
    assert to_cron(calendar) == cron


@pytest.mark.parametrize(
    ("cron", "calendar"),
    [
        ("0 4 * * *", "*-*-* 4:0:00"),
        ("*/5 * * * *", "*-*-* *:0/5:00"),
        ("0 3 * * 1-5", "Mon..Fri *-*-* 3:0:00"),
        ("@daily", "daily"),
        ("30 2 1,15 * *", "*-*-1,15 2:30:00"),
    ],
)
def test_what_cron_says_systemd_says_too(cron, calendar):
    assert to_calendar(cron) == calendar
    assert to_cron(cron) == cron


@pytest.mark.parametrize(
    "text", ["garbage", "*-*~1 00:00", "2026-01-01 00:00", "", "* * *", "12:00:30"]
)
def test_what_cannot_be_said_is_not_guessed(text):
    assert to_cron(text) is None


def test_either_of_two_days_is_not_both():
    assert to_calendar("0 0 1 * 1") is None  # cron: the first, or a Monday
