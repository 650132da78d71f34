// The main story: from the first-run ceremony to the closed fault and its evidence, at a desk and on phones.
import { cpus } from 'node:os';
import { desktop, phone, Seat } from './browser.mjs';
import { until } from './product.mjs';

const people = [
  ['系统管理员', 'xitong'],
  ['安全管理员', 'anquan'],
  ['审计管理员', 'shenji'],
  ['王建国', 'zhuguan'],
  ['李敏', 'yunwei'],
  ['张伟', 'yewu'],
];
// The ceremony refuses passwords made of the account.
const password = (account) => `${[...account].reverse().join("~")}-Yz-2026`;

export class Story {
  constructor(browser, product) {
    this.browser = browser;
    this.product = product;
    this.seats = {};
  }

  async seat(account, screen) {
    const seat = await Seat.take(this.browser, this.product.url, screen);
    this.seats[account] = seat;
    if (account !== 'first') await seat.signIn(account, password(account));
    return seat;
  }

  troubles() {
    return Object.values(this.seats).flatMap((seat) => seat.troubles);
  }

  /** Step 2: the ceremony creates three officers and the first people of operations. */
  async ceremony() {
    const seat = await this.seat('first', desktop);
    await seat.go(`/setup#code=${this.product.code}`);
    await seat.page.waitForSelector('#organisation');
    await seat.look('1-ceremony');
    await seat.page.fill('#organisation', '市第一医院');
    const add = seat.page.locator('.form-row button');
    await add.nth(0).click();
    await add.nth(1).click();
    for (const [index, [name, account]] of people.entries()) {
      await seat.page.fill(`#entry-${index}-name`, name);
      await seat.page.fill(`#entry-${index}-account`, account);
      await seat.page.fill(`#entry-${index}-password`, password(account));
      await seat.page.fill(`#entry-${index}-again`, password(account));
    }
    await seat.look('1-ceremony-filled');
    await seat.page.click('button[type=submit]');
    await seat.page.waitForSelector('#account');
    await seat.look('2-sign-in');
  }

  /** Step 3: figures of the real host within 30 s; real load fires the alert, which opens the fault. */
  async signal() {
    const chief = await this.seat('zhuguan', desktop);
    const operator = await this.seat('yunwei', desktop);
    await chief.look('3-my-day');
    const me = await operator.api('GET', '/api/v1/sessions/current');
    this.system = await chief.api('POST', '/api/v1/systems', {
      name: '本机',
      description: '运行本产品的主机',
      criticality: 'core',
      state: 'running',
      address: this.product.exporter,
      owner: me.person.id,
    });
    await until(
      async () => (await chief.api('GET', `/prometheus/api/v1/query?query=node_load1`)).data.result.length > 0,
      'figures of the host', 30,
    );
    await chief.go(`/systems/${this.system.id}`);
    await chief.page.waitForSelector('canvas', { timeout: 30_000 });
    await chief.look('4-system');

    const calm = this.product.busy(120, cpus().length);
    try {
      this.alert = await until(
        async () =>
          (await chief.api('GET', '/api/v1/alerts?state=firing')).items.find((alert) => alert.name === 'HostBusy' && alert.incident),
        'the alert and its fault', 100,
      );
    } finally {
      calm();
    }
    const incident = await chief.api('GET', `/api/v1/incidents/${this.alert.incident}`);
    if (incident.system !== this.system.id) throw new Error('the fault is not linked to its system');
    if (incident.priority !== 'p1') throw new Error(`the fault has priority ${incident.priority}, not p1`);
    if (!incident.clocks.length) throw new Error('the fault has no clocks');
    await chief.go('/monitor/alerts');
    await chief.look('5-alerts');
    await chief.go(`/incidents/${incident.id}`);
    await chief.look('6-fault-from-alert');
    await until(async () => (await operator.api('GET', '/api/v1/notifications?unread=true')).items.length > 0, 'the notification', 20);
    await operator.go('/messages');
    await operator.look('7-operator-notified');
  }

  /** Step 4: a business operator reports by hand, on a phone, in under a minute. */
  async report() {
    const seat = await this.seat('yewu', phone);
    const began = Date.now();
    await seat.go('/report');
    await seat.page.fill('#report-title', '门诊三号窗口打印机不出票');
    await seat.page.fill('#report-description', '换纸之后一直闪红灯，病人排队很长。');
    await seat.choose('report-scope', 'department');
    await seat.look('8-report-on-phone');
    await seat.page.click('.report-foot button');
    await seat.page.waitForSelector('.face-done');
    await seat.look('9-reported');
    if (Date.now() - began > 60_000) throw new Error('reporting took more than a minute');
    const mine = await seat.api('GET', '/api/v1/incidents?limit=10&source=person');
    this.record = mine.items.find((item) => item.title.includes('三号窗口')).id;
  }

  /** Opens the record, takes the step when it is not mine yet, fills its form, sends it. */
  async step(account, element, fill, picture) {
    const seat = this.seats[account];
    await seat.go(`/incidents/${this.record}`);
    await seat.page.waitForSelector('.step button.ant-btn-primary');
    if (!(await seat.page.locator('.step form').count())) {
      await seat.page.click('.step button.ant-btn-primary');
      await seat.page.waitForSelector('.step form');
    }
    await fill(seat);
    await seat.look(picture);
    await seat.page.click('.step form button[type=submit]');
    await until(
      async () => {
        const { tasks } = await seat.api('GET', `/api/v1/incidents/${this.record}`);
        return !tasks.some((task) => task.element === element);
      },
      `the step ${element}`, 15,
    );
  }

  /** Sends the open step back to an earlier one, from the buttons under it. */
  async sendBack(account, element, reason, picture) {
    const seat = this.seats[account];
    await seat.go(`/incidents/${this.record}`);
    await seat.page.locator('.step-verbs button', { hasText: '驳回' }).click();
    await seat.page.locator('#verb-element input').waitFor({ state: 'attached' });
    await seat.look(picture);
    await seat.choose('verb-element', element);
    await seat.page.fill('#verb-reason', reason);
    await seat.page.click('dialog button[type=submit]');
    await until(
      async () => {
        const { tasks } = await seat.api('GET', `/api/v1/incidents/${this.record}`);
        return tasks.some((task) => task.element === element);
      },
      `the step ${element} again`, 15,
    );
  }

  /** Signs the summary of a major fault: every signature asked for. */
  async sign(account, picture) {
    const seat = this.seats[account];
    const open = async () => {
      const { tasks } = await seat.api('GET', `/api/v1/incidents/${this.record}`);
      return tasks.filter((task) => task.element === 'review');
    };
    const before = (await open()).length;
    await seat.go(`/incidents/${this.record}`);
    await seat.page.waitForSelector('.step button.ant-btn-primary');
    if (!(await seat.page.locator('.step form').count())) {
      await seat.page.click('.step button.ant-btn-primary');
      await seat.page.waitForSelector('.step form');
    }
    await seat.look(`${picture}-${account}`);
    await seat.page.click('.step form button[type=submit]');
    await until(async () => (await open()).length < before, `the signature of ${account}`, 15);
  }

  /** Step 5: assess, diagnose, repair, test; the reporter sends it back once, then confirms; the summary. */
  async process() {
    await this.seats.zhuguan.go('/inbox');
    await this.seats.zhuguan.look('10-inbox');
    await this.step('zhuguan', 'assess', async (seat) => {
      await seat.choose('step-severity', 'major');
      await seat.choose('step-urgency', 'high');
      await seat.pick('step-assignee', '李敏');
    }, '11-assess');
    await this.sendBack('yunwei', 'assess', '先补充影响范围', '11-send-back');
    await this.step('zhuguan', 'assess', () => undefined, '11-assess-again');
    for (const round of [1, 2]) {
      await this.step('yunwei', 'diagnose', (seat) => seat.page.fill('#step-diagnosis', '切纸传感器被纸屑遮住'), `12-diagnose-${round}`);
      await this.step('yunwei', 'repair', (seat) => seat.page.fill('#step-solution', '清理传感器并重启打印服务'), `13-repair-${round}`);
      await this.step('yunwei', 'test', (seat) => seat.choose('step-test_result', 'passed'), `14-test-${round}`);
      await this.step('yewu', 'confirm', async (seat) => {
        await seat.page.locator('#step-confirmed label').nth(round === 2 ? 0 : 1).click();
      }, `15-confirm-on-phone-${round}`);
    }
    await this.step('yunwei', 'summarise', async (seat) => {
      await seat.page.fill('#step-cause', '纸屑积在切纸传感器上');
      await seat.page.fill('#step-handling', '清理并重启，试打二十张');
      await seat.page.fill('#step-result', '恢复正常');
      await seat.page.fill('#step-improvement', '每周清理一次，列入设备巡检');
    }, '16-summarise');
    for (const account of ['zhuguan', 'yewu']) await this.sign(account, '16-review');
    const record = await this.seats.zhuguan.api('GET', `/api/v1/incidents/${this.record}`);
    if (record.state !== 'closed') throw new Error(`the fault is ${record.state}, not closed`);
    await this.seats.zhuguan.go(`/incidents/${this.record}`);
    await this.seats.zhuguan.look('17-closed');
    const tabs = this.seats.zhuguan.page.getByRole('tab');
    for (let index = 1; index < (await tabs.count()); ++index) {
      await tabs.nth(index).click();
      await this.seats.zhuguan.look(`18-closed-tab-${index}`);
    }
  }

  /** Step 6: the whole catalogue, and the evidence one click away. */
  async clauses() {
    const seat = this.seats.zhuguan;
    await until(async () => (await seat.api('GET', '/api/v1/clauses/3.4.1')).controls.some((control) => control.checked_at), 'a checked control', 120);
    await seat.go('/clauses');
    await seat.look('19-clauses');
    await seat.go('/clauses/3.4.1');
    await seat.look('20-clause');
    const evidence = (await seat.api('GET', '/api/v1/clauses/3.4.1')).controls.flatMap((control) => control.evidence);
    if (!evidence.length) throw new Error('the clause shows no evidence');
    // The control may be checked again at any moment, and its evidence then begins a little later.
    const list = evidence[0].href.split('?')[0];
    await seat.page.locator(`main a[href^="${list}?"]`).first().click();
    await seat.page.waitForURL(`**${list}?**`);
    await seat.look('21-evidence');
  }

  /** Step 7: the audit officer sees the ledger whole. */
  async ledger() {
    const seat = await this.seat('shenji', desktop);
    await seat.go('/ledger');
    await seat.look('22-ledger');
    const { ok } = await seat.api('GET', '/api/v1/ledger/verification');
    if (!ok) throw new Error('the ledger does not verify');
  }

  async close() {
    for (const seat of Object.values(this.seats)) await seat.close();
  }
}
