import yaml

from analyzer.kits.printers.comments import comments
from analyzer.kits.printers.yaml import document


def test_a_comment_is_one_line_whatever_it_quotes():
    made = comments(["a\nkind: Secret", "b\u2028c", ""])
    assert made.count("\n") == 3
    assert all(line.startswith("#") for line in made.splitlines())
    assert yaml.safe_load(document({"a": 1}, ["x\nb: 2", "y\r\nc: 3"])) == {"a": 1}
