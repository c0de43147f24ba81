from analyzer.kits.secrecy import Veil, variables
from tests.kits.making import HOSTS, material_from


def veil(environment):
    text = f"{HOSTS}services:\n  app: {{host: nas, image: 'x:1', environment: {environment}}}\n"
    return Veil(material_from(text).service("app"))


def test_a_value_becomes_the_name_of_its_variable():
    assert veil("{PASSWORD: s3cr3t}").all(["--pass", "s3cr3t"]) == ["--pass", "${PASSWORD}"]
    assert veil("{URL: 'https://x.example'}").all(["--url=https://x.example/"]) == [
        "--url=${URL}/"
    ]


def test_what_an_option_says_is_a_password_becomes_a_variable_to_fill_in():
    one = veil("{A: b}")
    assert one.all(["--password", "hunter2"]) == ["--password", "${HIDDEN_1}"]
    assert one.all(["--password", "hunter2"]) == ["--password", "${HIDDEN_1}"]  # and stays so
    assert variables(["a ${B} ${A} ${B}"]) == ("A", "B")
