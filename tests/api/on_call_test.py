#!/usr/bin/env python3
"""On call: the shifts of every rota, who stands in for whom, and that alerts and tasks go to who stands in."""
from datetime import datetime, timedelta, timezone

from lib.case import ProductCase
from lib.run import run

ON_CALL = '/api/v1/on-call'


def at(days=0.0):
    return f'{datetime.now(timezone.utc) + timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}'


class OnCall(ProductCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        chief = cls.as_('zhuguan')
        # The crew on duty at this moment gets the operator; another operator is in no crew.
        shifts = chief.get(ON_CALL, **{'from': at(), 'to': at(0.01)}).json
        cls.crew = next(rota for rota in shifts['rotas'] if rota['role'] == 'system_operator')['shifts'][0]['crew']
        cls.li = cls.as_('yunwei').person
        etag = chief.get(f'/api/v1/people/{cls.li}').headers['etag']
        answer = chief.patch(f'/api/v1/people/{cls.li}', {'crew': cls.crew}, {'If-Match': etag})
        assert answer.status == 200, answer
        cls.sun = chief.post('/api/v1/people', {'name': '孙立'}).json['id']
        officer = cls.as_('xitong')
        made = officer.post('/api/v1/accounts', {'account': 'sunli', 'person': cls.sun, 'name': '孙立', 'password': 'sunli-Yz-2026-secret'})
        answer = cls.as_('anquan').patch(f'/api/v1/accounts/{made.json["id"]}', {'roles': ['system_operator']})
        assert answer.status == 200, answer

    def on_duty(self):
        found = self.ok(self.as_('yunwei').get(ON_CALL))['on_duty']
        return [one['name'] for one in found if one['role'] == 'system_operator']

    def arrange(self, account='zhuguan', **more):
        body = {'role': 'system_operator', 'person': self.li, 'deputy': self.sun, 'starts_at': at(-0.1), 'ends_at': at(0.5), 'reason': '发烧', **more}
        return self.as_(account).post(ON_CALL + '/stand-ins', body)

    def tearDown(self):
        for one in self.ok(self.as_('zhuguan').get(ON_CALL))['stand_ins']:
            self.as_('zhuguan').post(f'{ON_CALL}/stand-ins/{one["id"]}/end')

    def test_a_month_of_a_rota_names_its_shifts_and_people(self):
        rotas = self.ok(self.as_('yunwei').get(ON_CALL, **{'from': '2026-01-04T16:00:00Z', 'to': '2026-01-06T16:00:00Z'}))['rotas']
        rota = next(one for one in rotas if one['role'] == 'system_operator')
        self.assertEqual(('系统值班（四班三运转）', 'Asia/Shanghai'), (rota['name'], rota['zone']))
        days = [one for one in rota['shifts'] if one['shift'] == 'D']
        self.assertEqual([('2026-01-05T00:00:00', '2026-01-05T08:00:00', '白班', 'system-1')] ,
                         [(one['from'][:19], one['to'][:19], one['shift_name'], one['crew']) for one in days][:1])
        office = next(one for one in rotas if one['role'] == 'operations_supervisor')
        self.assertEqual(2, len(office['shifts']), 'a Monday and a Tuesday')
        self.assertEqual(['王建国'], [one['name'] for one in office['shifts'][0]['people']])
        for span in ({'from': at(), 'to': at(-1)}, {'from': at(), 'to': at(63)}, {'from': 'soon'}):
            self.refused(self.as_('yunwei').get(ON_CALL, **span), 400)
        self.ok(self.as_('yewu').get(ON_CALL))

    def test_who_stands_in_is_on_duty_and_is_told_instead(self):
        self.assertEqual(['李敏'], self.on_duty())
        made = self.ok(self.arrange(), 201)['items'][0]
        self.assertEqual(['孙立'], self.on_duty())
        listed = self.ok(self.as_('yunwei').get(ON_CALL))['stand_ins']
        self.assertEqual([('李敏', '孙立', '发烧')], [(one['person_name'], one['deputy_name'], one['reason']) for one in listed])
        overview = self.ok(self.as_('zhuguan').get('/api/v1/overview'))['on_duty']
        self.assertIn('孙立', [one['name'] for one in overview])
        self.ok(self.as_('zhuguan').post(f'{ON_CALL}/stand-ins/{made["id"]}/end'), 204)
        self.assertEqual(['李敏'], self.on_duty())
        self.refused(self.as_('zhuguan').post(f'{ON_CALL}/stand-ins/{made["id"]}/end'), 404)
        actions = [one['action'] for one in self.ok(self.as_('jicha').get('/api/v1/ledger', limit=50))['items']]
        self.assertIn('rota.stand_in', actions)
        self.assertIn('rota.end', actions)

    def test_two_swap_in_one_command(self):
        made = self.ok(self.arrange(back_starts_at=at(2), back_ends_at=at(2.3)), 201)['items']
        self.assertEqual([(self.li, self.sun), (self.sun, self.li)], [(one['person'], one['deputy']) for one in made])
        self.assertEqual(made[0]['id'], made[1]['swap_of'])
        # When the way back cannot be, nothing is: the first span is free again.
        self.refused(self.arrange(starts_at=at(5), ends_at=at(6), back_starts_at=at(2.1), back_ends_at=at(2.2)), 409, '/person')
        self.ok(self.arrange(starts_at=at(5), ends_at=at(6)), 201)

    def test_what_cannot_be_is_refused_with_its_field(self):
        self.ok(self.arrange(), 201)
        for more, status, pointer in (
                ({}, 409, '/person'), ({'deputy': self.li}, 422, '/deputy'), ({'deputy': self.as_('yewu').person}, 422, '/deputy'),
                ({'person': self.as_('shebei').person}, 422, '/person'), ({'ends_at': at(-0.2)}, 422, '/ends_at'),
                ({'ends_at': at(100)}, 422, '/ends_at'), ({'role': 'auditor'}, 422, '/role'), ({'reason': ''}, 422, '/reason'),
                ({'starts_at': 'now'}, 422, '/starts_at')):
            with self.subTest(pointer + str(more)):
                self.refused(self.arrange(**more), status, pointer)

    def test_others_than_who_plans_arrange_only_what_they_are_part_of(self):
        self.refused(self.arrange('shebei'), 403)
        self.refused(self.arrange('yewu'), 403)
        made = self.ok(self.arrange('yunwei'), 201)['items'][0]
        self.refused(self.as_('shebei').post(f'{ON_CALL}/stand-ins/{made["id"]}/end'), 403)
        self.ok(self.as_('yunwei').post(f'{ON_CALL}/stand-ins/{made["id"]}/end'), 204)


if __name__ == '__main__':
    run()
