#!/usr/bin/env python3
"""Prints which tests of a run were skipped, and why.

    skipped.py WORD=FILE...    each FILE is what `ctest --output-junit` has written; WORD says which run (may be empty)
"""
import re
import sys
import xml.etree.ElementTree as xml

SHOWN = 4  # names for each reason


def reason(output):
    """What a script has said behind SKIPPED, or a program of GoogleTest below its mark."""
    script = re.search(r"^SKIPPED: (.+)$", output, re.MULTILINE)
    if script:
        return script[1].strip()
    program = re.search(r": Skipped\n+(.+?)\n+(?:\[|Stack trace)", output, re.DOTALL)
    return " ".join(program[1].split()) if program else "no reason was given"


def skipped(file):
    """(name, reason) of each test that was skipped; one whose program is missing has failed."""
    for test in xml.parse(file).getroot().iter("testcase"):
        mark = test.find("skipped")
        if mark is not None and mark.get("message", "").startswith("SKIP_"):
            yield test.get("name"), reason(test.findtext("system-out") or "")


def main(arguments):
    by_reason = {}
    for argument in arguments:
        word, _, file = argument.partition("=")
        for name, why in skipped(file):
            by_reason.setdefault(why, []).append(f"{name} ({word})" if word else name)
    if not by_reason:
        return
    print(f"\nSkipped, and why ({sum(map(len, by_reason.values()))} tests):")
    for why, names in sorted(by_reason.items(), key=lambda entry: -len(entry[1])):
        more = len(names) - SHOWN
        print(f"  {len(names)} because: {why}")
        print(f"      {', '.join(names[:SHOWN])}{f' and {more} more' if more > 0 else ''}")


main(sys.argv[1:])
