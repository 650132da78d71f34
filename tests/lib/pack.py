"""A copy of the standard pack with rules that fire and controls that are checked within seconds."""
import re
import shutil
from datetime import datetime, timedelta, timezone
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
      - alert: BaseBroken
        expr: base_broken == 1
        labels: {severity: critical, urgency: high, suppresses: dependents}
        annotations: {summary: "底层系统不可用"}
      - alert: RoomHumid
        expr: room_humidity
        levels: [{severity: minor, when: "> 70"}, {severity: critical, when: "> 90"}]
        labels: {urgency: high}
        annotations: {summary: "机房湿度 {{ $value }}%"}
      - alert: DoorOpen
        expr: door_open == 1
        flapping: {times: 2, within: 8s}
        labels: {severity: minor}
        annotations: {summary: "机房门开着"}
'''


def add_duty_soon(pack, role='system_operator'):
    """A duty of that role every ten seconds of the next minutes, to be done within a minute."""
    now = datetime.now(timezone(timedelta(hours=8)))
    soon = [now + timedelta(minutes=minute) for minute in range(4)]
    hours = ','.join(sorted({str(time.hour) for time in soon}))
    minutes = ','.join(str(time.minute) for time in soon)
    with open(pack / 'duties.yaml', 'a', encoding='utf-8') as file:
        file.write(f'''
- id: every-ten-seconds
  title: {{zh-CN: 即时巡检, zh-TW: 即時巡檢, en: Inspection at once}}
  clause: "3.2.1"
  role: {role}
  rrule: FREQ=DAILY;BYHOUR={hours};BYMINUTE={minutes};BYSECOND=0,10,20,30,40,50
  start: {now - timedelta(days=1):%Y-%m-%dT00:00}
  within: PT1M
''')


def quick_pack(folder, rules=RULES):
    pack = Path(folder) / 'pack'
    shutil.copytree(ROOT / 'packs/standard', pack)
    (pack / 'rules' / 'test.yaml').write_text(rules)
    for control in (pack / 'controls').glob('*.yaml'):
        control.write_text(re.sub(r'\bevery: \S+', 'every: PT3S', control.read_text()))
    return pack
