"""Times in cron's words and in systemd's -> the other's.

Sources: systemd.time(7), CALENDAR EVENTS, and
https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax. What one can say
and the other cannot, such as the last day of a month, is not translated: None.
"""

import re

_CRON = re.compile(
    r"@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)|(?:[\d*,/\-A-Za-z]+ ){4}[\d*,/\-A-Za-z]+"
)
_SHORT = {
    "minutely": "* * * * *",
    "hourly": "0 * * * *",
    "daily": "0 0 * * *",
    "weekly": "0 0 * * 1",
    "monthly": "0 0 1 * *",
    "yearly": "0 0 1 1 *",
    "annually": "0 0 1 1 *",
}
_AT = {"@midnight": "daily", **{f"@{word}": word for word in _SHORT}}
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELD = re.compile(r"(?:\*|\d+(?:\.\.\d+)?)(?:/\d+)?(?:,\d+(?:\.\.\d+)?(?:/\d+)?)*")
_DATE_PARTS = 3


def to_cron(written: str) -> str | None:
    """Return times as cron says them, None where it cannot."""
    text = " ".join(written.split())
    if text.lower() in _SHORT:
        return _SHORT[text.lower()]
    if _CRON.fullmatch(text):
        return text
    days, date, time = _parts(text)
    if not (date or time):
        return None
    hour, minute = _time(time)
    month, day = _date(date)
    weekdays = _weekdays(days)
    fields = [minute, hour, day, month, weekdays]
    return None if None in fields else " ".join(str(field) for field in fields)


def _parts(text: str) -> tuple[str, str, str]:
    """Return days, date and time of a calendar expression; all empty when it is none."""
    days = date = time = ""
    for word in text.split(" "):
        if word[:1].isalpha() and not days and not date and not time:
            days = word
        elif ":" in word and not time:
            time = word
        elif "-" in word and not date and not time:
            date = word
        else:
            return "", "", ""
    return days, date, time


def to_calendar(written: str) -> str | None:
    """Return times as systemd's OnCalendar says them, None where it cannot."""
    text = " ".join(written.split())
    if text.lower() in _AT:
        return _AT[text.lower()]
    if not _CRON.fullmatch(text):
        return text if to_cron(text) else None
    minute, hour, day, month, weekday = text.split(" ")
    if day != "*" and weekday != "*":  # cron: either of the two; systemd: both at once
        return None
    days = _calendar_days(weekday)
    parts = [_calendar_field(field) for field in (month, day, hour, minute)]
    if days is None or None in parts:
        return None
    month_there, day_there, hour_there, minute_there = parts
    at = f"*-{month_there}-{day_there} {hour_there}:{minute_there}:00"
    return f"{days} {at}" if days else at


def _time(written: str) -> tuple[str | None, str | None]:
    if not written:
        return "0", "0"
    hour, minute, *rest = written.split(":")
    if rest and rest[0].strip("0"):
        return None, None
    return _cron_field(hour), _cron_field(minute)


def _date(written: str) -> tuple[str | None, str | None]:
    if not written:
        return "*", "*"
    parts = written.split("-")
    if len(parts) == _DATE_PARTS and parts[0] != "*":
        return None, None
    if "~" in written or len(parts) not in (_DATE_PARTS - 1, _DATE_PARTS):
        return None, None
    return _cron_field(parts[-2]), _cron_field(parts[-1])


def _weekdays(written: str) -> str | None:
    if not written:
        return "*"
    found = []
    for part in written.lower().split(","):
        first, dots, last = part.partition("..")
        ends = [
            _DAYS.index(one[:3]) if one[:3] in _DAYS else None for one in (first, last or first)
        ]
        if None in ends:
            return None
        start, end = ends
        if dots and start is not None and end is not None and end < start:
            return None if end else f"{start}-7"
        found.append(f"{start}-{end}" if dots else str(start))
    return ",".join(found)


def _cron_field(written: str) -> str | None:
    if not _FIELD.fullmatch(written):
        return None
    plain = ",".join(_unpadded(part) for part in written.split(","))
    start, slash, step = plain.partition("/")
    if slash and start.isdecimal():  # systemd: from there on; cron wants the range
        return None if start != "0" else f"*/{step}"
    return plain.replace("..", "-")


def _unpadded(part: str) -> str:
    return re.sub(r"(?<!\d)0+(?=\d)", "", part)


def _calendar_field(written: str) -> str | None:
    if not re.fullmatch(r"(?:\*|\d+(?:-\d+)?)(?:/\d+)?(?:,\d+(?:-\d+)?)*", written):
        return None
    if written.startswith("*/"):
        return f"0/{written[2:]}"
    return written.replace("-", "..")


def _calendar_days(written: str) -> str | None:
    """Return days of the week in systemd's words, empty for all."""
    if written == "*":
        return ""
    found = []
    for part in written.lower().split(","):
        ends = []
        for one in part.split("-"):
            number = (
                int(one) % 7 if one.isdecimal() else _DAYS.index(one) if one in _DAYS else None
            )
            if number is None:
                return None
            ends.append(_DAYS[number].capitalize())
        found.append("..".join(ends))
    return ",".join(found)
