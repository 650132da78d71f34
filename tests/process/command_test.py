"""The commands of `yunzhi process`, from outside: exit status, what is printed, one answer a line at once."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

BINARY = os.environ["YUNZHI_BINARY"]
INCIDENT = pathlib.Path(__file__).resolve().parents[2] / "packs/standard/processes/incident.bpmn"
BPMN = ('<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><startEvent id="s"/>'
        '<sequenceFlow sourceRef="s" targetRef="a"/>{}</process></definitions>')


class Commands(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, inside):
        path = pathlib.Path(self.folder.name) / "p.bpmn"
        path.write_text(BPMN.format(inside), encoding="utf-8")
        return str(path)

    def run_process(self, *arguments):
        return subprocess.run([BINARY, "process", *arguments], capture_output=True, text=True, timeout=60)

    def test_a_file_that_runs_is_told_so(self):
        done = self.run_process("check", "--deploy", str(INCIDENT))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("incident can run", done.stdout)

    def test_a_file_that_cannot_run_gives_line_element_and_reason(self):
        done = self.run_process("check", self.file('\n<complexGateway id="a"/>'))
        self.assertEqual(done.returncode, 1)
        self.assertIn("p.bpmn:2:1: 'a': the element complexGateway is not run by this engine", done.stderr)

    def test_a_file_that_only_runs_has_notes_and_is_not_to_be_deployed(self):
        path = self.file('<userTask id="a"/>')
        done = self.run_process("check", path)
        self.assertEqual(done.returncode, 0)
        self.assertIn("nobody could do it", done.stderr)
        self.assertEqual(self.run_process("check", "--deploy", path).returncode, 1)

    def test_a_round_trip_keeps_everything_and_a_second_gives_the_same_bytes(self):
        once = self.run_process("round-trip", str(INCIDENT)).stdout
        path = pathlib.Path(self.folder.name) / "again.bpmn"
        path.write_text(once, encoding="utf-8")
        self.assertEqual(self.run_process("round-trip", str(path)).stdout, once)
        for part in ("<bpmndi:BPMNShape", "yunzhi:due=", "<!-- The fault process"):
            self.assertIn(part, once)

    def test_each_command_is_answered_before_the_next_is_given(self):
        path = self.file('<userTask id="a"/><endEvent id="e"/><sequenceFlow sourceRef="a" targetRef="e"/>')
        with subprocess.Popen([BINARY, "process", "simulate", "--model", path], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True) as running:
            def ask(command):
                running.stdin.write(json.dumps(command) + "\n")
                running.stdin.flush()
                return json.loads(running.stdout.readline())
            self.assertEqual(ask({"start": "p", "variables": {"n": 1}})["open"], ["a"])
            self.assertTrue(ask({"complete": "b"})["error"])
            answer = ask({"complete": "a", "variables": {"m": 2}})
            self.assertEqual((answer["open"], answer["ended"], answer["error"]), ([], True, None))
            self.assertEqual(answer["variables"], {"n": 1, "m": 2})
            running.stdin.close()


if __name__ == "__main__":
    unittest.main()
