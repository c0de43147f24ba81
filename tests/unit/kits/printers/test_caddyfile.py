from analyzer.kits.printers.caddyfile import Directive, caddyfile


def test_blocks_are_indented_and_odd_words_quoted():
    text = caddyfile(
        [
            Directive(
                ("(a)",),
                (
                    Directive(
                        ("reverse_proxy", "h:1", "a b"),
                    ),
                ),
            )
        ],
        ["why"],
    )
    assert text == '# why\n\n(a) {\n\treverse_proxy h:1 "a b"\n}\n'
