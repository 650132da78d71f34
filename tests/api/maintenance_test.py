#!/usr/bin/env python3
"""Maintenance windows on the working calendar: what opens when, and what is refused."""
import json
from datetime import datetime, timedelta, timezone

from lib.case import PackCase
from lib.run import run

BASE = '/api/v1/maintenance_windows'
PREVIEW = '/api/v1/maintenance-calendar/preview'
NOON = {'starts_at': '2026-09-28T12:00:00+08:00', 'ends_at': '2026-09-28T13:00:00+08:00', 'recurrence': 'FREQ=DAILY'}


class MaintenanceTest(PackCase):
    def window(self, **more):
        chief = self.as_('zhuguan')
        system = self.ok(chief.post('/api/v1/systems', {'name': '门诊系统', 'criticality': 'core', 'state': 'planned'}), 201)['id']
        return self.ok(chief.post(BASE, {'title': '午间重启', 'systems': [system], **NOON, **more}), 201)

    def opened(self, since, until, window):
        found = self.ok(self.as_('zhuguan').get('/api/v1/maintenance-calendar', **{'from': since, 'to': until}))
        days = [one['from'][:10] for one in found['openings'] if one['window'] == window['id']]
        return days, {one['day']: (one['working'], one['name']) for one in found['days']}

    def test_given_national_day_a_window_on_working_days_opens_on_the_make_up_saturday_and_not_in_the_holiday(self):
        window = self.window(days='working')
        days, special = self.opened('2026-09-29T16:00:00Z', '2026-10-12T16:00:00Z', window)
        self.assertEqual(['2026-09-30', '2026-10-08', '2026-10-09', '2026-10-10', '2026-10-12'], days)
        self.assertEqual((True, ''), special['2026-10-10'])
        self.assertEqual((False, '国庆节'), special['2026-10-01'])
        self.assertNotIn('2026-10-09', special)

    def test_a_window_changed_to_days_off_opens_in_the_holiday(self):
        chief, window = self.as_('zhuguan'), self.window(days='working')
        self.ok(chief.patch(f'{BASE}/{window["id"]}', {'days': 'non_working'}, {'If-Match': '*'}))
        self.assertEqual(['2026-10-07', '2026-10-11'], self.opened('2026-10-06T16:00:00Z', '2026-10-12T16:00:00Z', window)[0])
        self.ok(chief.patch(f'{BASE}/{window["id"]}', {'state': 'cancelled'}, {'If-Match': '*'}))
        self.assertEqual([], self.opened('2026-10-06T16:00:00Z', '2026-10-12T16:00:00Z', window)[0])

    def test_a_window_of_before_opens_on_every_day(self):
        window = self.window()
        self.assertEqual('every', window['days'])
        self.assertEqual(7, len(self.opened('2026-09-30T16:00:00Z', '2026-10-07T16:00:00Z', window)[0]))

    def test_a_preview_tells_the_next_openings_before_anything_is_kept(self):
        begin = datetime.now(timezone.utc).replace(microsecond=0)
        plan = {'starts_at': begin.isoformat(), 'ends_at': (begin + timedelta(hours=1)).isoformat()}
        chief = self.as_('zhuguan')
        weekly = self.ok(chief.get(PREVIEW, **plan, recurrence='FREQ=DAILY', days='non_working'))['openings']
        self.assertEqual(10, len(weekly))
        self.assertIn('provisional', weekly[0])
        self.assertEqual(1, len(self.ok(chief.get(PREVIEW, **plan))['openings']))

    def test_what_cannot_be_is_refused_at_its_field(self):
        chief = self.as_('zhuguan')
        for more, told in (({'days': 'weekend'}, 'every, working, non_working'), ({'starts_at': 'soon'}, '2026-01-05T08:00:00Z'),
                           ({'days': 'working', 'recurrence': ''}, 'FREQ=DAILY'), ({'recurrence': 'FREQ=SOMETIMES'}, 'FREQ=SOMETIMES')):
            answer = chief.get(PREVIEW, **{**NOON, **more})
            self.assertIn(answer.status, (400, 422), more)
            self.assertIn(told, json.dumps(answer.json))
        span = {'from': '2026-01-01T00:00:00Z', 'to': '2026-12-01T00:00:00Z'}
        self.assertEqual(400, chief.get('/api/v1/maintenance-calendar', **span).status)

    def test_windows_come_from_a_file_with_their_days(self):
        chief, known = self.as_('zhuguan'), self.window()
        line = {'title': '导入的窗口', 'systems': known['systems'], **NOON, 'days': 'working', 'created_at': '2026-01-01T00:00:00Z'}
        self.ok(chief.post(f'{BASE}/import', json.dumps(line).encode(), {'Content-Type': 'application/x-ndjson'}))
        kept = next(one for one in self.ok(chief.get(BASE))['items'] if one['title'] == '导入的窗口')
        self.assertEqual('working', kept['days'])


if __name__ == '__main__':
    run()
