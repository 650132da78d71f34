"""A copy of the standard pack with rules that fire and controls that are checked within seconds."""
import re
import shutil
from pathlib import Path

from lib.server import ROOT

RULES = '''groups:
  - name: test
    interval: 1s
    rules:
      - alert: RoomTooWarm
        expr: room_temperature_celsius > 30
        for: 2s
        labels: {severity: critical, urgency: high}
        annotations:
          summary: "机房温度过高"
          description: "{{ $labels.instance }} 的温度为 {{ $value }} ℃"
'''


def quick_pack(folder, rules=RULES):
    pack = Path(folder) / 'pack'
    shutil.copytree(ROOT / 'packs/standard', pack)
    (pack / 'rules' / 'test.yaml').write_text(rules)
    for control in (pack / 'controls').glob('*.yaml'):
        control.write_text(re.sub(r'\bevery: \S+', 'every: PT3S', control.read_text()))
    return pack
