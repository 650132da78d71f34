#!/usr/bin/env python3
"""Makes docs/process-elements.md from tests/process/*.story, or with --check says whether it is current."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "process-elements.md"
ORDER = [
    "None start", "Timer start", "Message start", "Signal start", "Conditional start", "Lane", "User task",
    "Manual task", "Service task", "Send task", "Receive task", "Script task", "Business-rule task",
    "Call activity", "Sub-process", "Event sub-process", "Ad-hoc sub-process", "Transaction",
    "Multi-instance, parallel", "Multi-instance, sequential", "Standard loop", "Exclusive gateway",
    "Parallel gateway", "Inclusive gateway", "Event-based gateway", "Conditional and default flows",
    "Timer", "Message", "Correlation", "Signal", "Error", "Escalation", "Conditional",
    "Compensation", "Link", "Terminate", "Boundary event", "Data object", "Data association", "Several pools",
    "Camunda 7 files",
    "Camunda 8 files", "Flowable and Activiti files", "Drawing only", "Refused",
]
VERBS = [
    "Claim", "Release", "Delegate", "Hand over", "Counter-sign, all", "Counter-sign, any", "Counter-sign, ratio",
    "Counter-sign, weighted", "Counter-sign, veto", "Add-sign, before", "Add-sign, after", "Add-sign, parallel",
    "Remove sign", "Send back, step by step", "Send back, straight back", "Withdraw", "Urge", "Copy", "Deputy",
    "Suspend and resume", "Cancel", "Restart", "Due, reminder and escalation", "Modify", "Migrate",
]
HEAD = """# Elements of BPMN 2.0

Made by `tools/process_elements.py` from the stories in `tests/process`: a row says what is shown to work. Each story
is told to the pure engine (`process_test`) and to the kept one (`process_durable_test`), on SQLite and PostgreSQL,
unless it says which alone. How files are read, and what is refused, is told in [process-files.md](process-files.md).

| Element | Shown |
|---|---|
"""
VERBS_HEAD = """
# Verbs

What people do with a step, and supervisors with a process.

| Verb | Shown |
|---|---|
"""


def stories():
    """{"element": {name: [shown]}, "verb": {name: [shown]}}; a story is one of the two."""
    found = {"element": {}, "verb": {}}
    for path in sorted((ROOT / "tests" / "process").glob("*.story")):
        title, place = None, None
        for line in path.read_text(encoding="utf-8").splitlines():
            kind = line.split(":", 1)[0]
            if line.startswith("=== "):
                title, place = line[4:].strip(), None
            elif kind in found and title and place is None:
                place = found[kind].setdefault(line.split(":", 1)[1].strip(), [])
                place.append(f"{title} ({path.name})")
            elif line.startswith("only:") and place:
                place[-1] = place[-1][:-1] + f"; {line[5:].split(',')[0].strip()} only)"
            elif line.startswith("--- ") and title and place is None:
                sys.exit(f"{path.name}: the story '{title}' names no element and no verb")
    return found


def table(head, order, found):
    unknown = sorted(set(found) - set(order))
    missing = [name for name in order if name not in found]
    if unknown or missing:
        sys.exit(f"without a place in the table: {unknown}; without a story: {missing}")
    return head + "".join(f"| {name} | {'<br>'.join(found[name])} |\n" for name in order)


def page():
    found = stories()
    return table(HEAD, ORDER, found["element"]) + table(VERBS_HEAD, VERBS, found["verb"])


def main():
    text = page()
    if "--check" not in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        sys.exit("docs/process-elements.md is not current; run tools/process_elements.py")


main()
