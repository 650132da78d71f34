#!/usr/bin/env python3
"""Makes docs/process-elements.md from tests/process/*.story, or with --check says whether it is current."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "process-elements.md"
ORDER = [
    "User task", "Manual task", "Service task", "Send task", "Receive task", "Script task", "Business-rule task",
    "Call activity", "Sub-process", "Event sub-process", "Ad-hoc sub-process", "Transaction",
    "Multi-instance, parallel", "Multi-instance, sequential", "Standard loop", "Exclusive gateway",
    "Parallel gateway", "Inclusive gateway", "Event-based gateway", "Conditional and default flows",
    "Timer start", "Message start", "Timer", "Message", "Correlation", "Signal", "Error", "Escalation", "Conditional",
    "Compensation", "Link", "Terminate", "Boundary event", "Data object", "Data association", "Several pools", "Camunda 7 files",
    "Camunda 8 files", "Flowable and Activiti files", "Drawing only", "Refused",
]
HEAD = """# Elements of BPMN 2.0

Made by `tools/process_elements.py` from the stories in `tests/process`, which `process_test` runs: a row says what is
shown to work. How files are read, and what is refused, is told in [process-files.md](process-files.md).

| Element | Shown |
|---|---|
"""


def stories():
    found = {}
    for path in sorted((ROOT / "tests" / "process").glob("*.story")):
        title = None
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("=== "):
                title = line[4:].strip()
            elif line.startswith("element:") and title:
                found.setdefault(line[8:].strip(), []).append(f"{title} ({path.name})")
                title = None
            elif line.startswith("--- ") and title:
                sys.exit(f"{path.name}: the story '{title}' names no element")
    return found


def page():
    found = stories()
    unknown = sorted(set(found) - set(ORDER))
    missing = [name for name in ORDER if name not in found]
    if unknown or missing:
        sys.exit(f"elements without a place in the table: {unknown}; without a story: {missing}")
    return HEAD + "".join(f"| {name} | {'<br>'.join(found[name])} |\n" for name in ORDER)


def main():
    text = page()
    if "--check" not in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        sys.exit("docs/process-elements.md is not current; run tools/process_elements.py")


main()
