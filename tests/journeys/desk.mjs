// What people set up and draw at a desk: the registers by hand and from a file, duties, signals, a process.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = (seat, selector) => seat.page.waitForSelector(selector);

/** A unit, a person in it and a system; then systems from a file that is wrong at first. */
export async function registers(seat, folder) {
  const { page } = seat;
  await seat.go('/units');
  await page.click('a[href="/units/new"]');
  await page.fill('#new-name', '网络组');
  await page.click('button[type=submit]');
  await page.waitForURL(/\/units\/[0-9a-f-]{30,}/);
  await seat.look('8-unit');
  await page.click('a[href^="/people/new?unit="]');
  await page.fill('#new-name', '孙立');
  await page.fill('#new-post', '网络工程师');
  await seat.look('8-person-form');
  await page.click('button[type=submit]');
  await page.waitForURL(/\/people\/[0-9a-f-]{30,}/);
  await seat.go('/systems/new');
  await page.click('button[type=submit]');
  await here(seat, '.frame-fault');
  await page.fill('#new-name', '体检管理系统');
  await seat.pick('new-owner', '孙立');
  await page.click('button[type=submit]');
  await page.waitForURL(/\/systems\/[0-9a-f-]{30,}/);
  await seat.look('8-system');

  const table = (name, rows) => {
    const file = join(folder, name);
    writeFileSync(file, `\uFEFF名称,重要程度,负责人\r\n${rows}`);
    return file;
  };
  await seat.go('/systems/import');
  await page.setInputFiles('input[type=file]', table('wrong.csv', '病案系统,核心,孙立\r\n,一般,\r\n'));
  await here(seat, '.import-verdict .tone-red');
  await seat.look('8-import-refused');
  await page.setInputFiles('input[type=file]', table('right.csv', '病案系统,核心,孙立\r\n叫号系统,一般,\r\n'));
  await here(seat, '.import-verdict .tone-green');
  await page.click('.form .ant-btn-primary');
  await here(seat, '.face [href="/systems"]');
  const { items } = await seat.api('GET', '/api/v1/systems?limit=200');
  const made = items.filter((item) => item.name === '病案系统');
  if (made.length !== 1) throw new Error(`the import made ${made.length} systems of that name`);
}

/** An expression typed with completion, and a series found by its labels. */
export async function explore(seat) {
  const { page } = seat;
  await seat.go('/monitor/explore');
  await page.click('.cm-content');
  await page.keyboard.type('node_load', { delay: 20 });
  await here(seat, '.cm-tooltip-autocomplete li');
  await seat.look('9-explore-completion');
  await page.locator('.cm-tooltip-autocomplete li', { hasText: /^node_load1(?!\d)/ }).first().click();
  await page.waitForSelector('.cm-tooltip-autocomplete', { state: 'detached' });
  await page.keyboard.press('Enter');
  await here(seat, '.table-plain td code');
  await page.click('.explore-bar [aria-expanded]');
  await page.fill('.label-metrics input', 'node_cpu_seconds_total');
  await page.locator('.label-names button').first().click();
  await page.locator('.label-value', { hasText: 'idle' }).click();
  await seat.look('9-label-browser');
  await page.locator('.label-use button').click();
  await page.waitForURL(/mode%3D%22idle%22/);
}

/** The fault process changed in the browser: a mistake is named where it is, the mended draft is compared. */
export async function design(seat) {
  const { page } = seat;
  await seat.go('/admin/processes');
  await page.click('a[href^="/admin/processes/design"]');
  await here(seat, '.djs-palette');
  await page.locator('.designer-canvas [data-element-id=assess]').first().click({ force: true });
  await page.fill('#fact-name', '研判与分级');
  await page.locator('.designer-canvas [data-element-id=response_overdue]').first().click({ force: true });
  await page.click('#fact-timer');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('PT5X');
  await page.waitForSelector('.problem-list .text-button:has-text("response_overdue")');
  await seat.look('10-design-problem');
  await page.click('#fact-timer');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('PT45M');
  await page.waitForSelector('.problem-list:empty', { state: 'attached' });
  await page.click('a[href^="/admin/processes/compare"]');
  await page.waitForSelector('.change-line:has-text("PT45M")');
  await seat.look('10-compare');
}

/** The draft is tried out, published with a reason, and what runs on the version before goes along. */
export async function publish(seat) {
  const { page } = seat;
  const made = await seat.api('POST', '/api/v1/incidents', { title: '检验仪器联网中断' });
  await seat.go('/admin/processes');
  await page.click('a[href^="/admin/processes/design"]');
  await here(seat, '.djs-palette');
  await page.click('a[href^="/admin/processes/try"]');
  await here(seat, '.bjs-container');
  await page.fill('#trial-data', '{"priority": "p1"}');
  await page.click('.designer-side .ant-btn-primary');
  await page.locator('.lines li', { hasText: '研判' }).locator('.ant-btn-primary').click();
  await page.waitForSelector('.lines li:has-text("诊断")');
  await seat.look('12-trial');
  await page.goBack();
  await here(seat, '.djs-palette');
  await page.locator('.designer-tools .ant-btn-primary:not([disabled])').click();
  await page.fill('#publish-reason', '响应时限调整为 45 分钟');
  await seat.look('12-publish');
  await page.click('.dialog button[type=submit]');
  await page.waitForURL(/\/admin\/processes\?id=/);
  await page.waitForSelector('.process-card[aria-pressed=true]:has-text("响应时限调整为 45 分钟")');
  await seat.look('12-published');
  await page.locator('.process-card').nth(1).click();
  await page.click('a[href^="/admin/processes/running"]');
  await page.waitForSelector(`tr:has-text("${made.number}")`);
  await seat.look('12-running');
  await page.click('a[href^="/admin/processes/migrate"]');
  await page.locator('.migrate-events li', { hasText: 'PT45M' }).locator('input').check();
  await page.locator('.panel-body .running-bar .ant-btn').first().click();
  await page.waitForSelector(`.migrate-verdict li:has-text("${made.number}")`);
  await seat.look('12-migrate');
  await page.locator('.panel-body .running-bar .ant-btn-primary').click();
  await page.waitForSelector('.batch .ant-progress-status-success');
  await seat.look('12-migrated');
  const of = await seat.api('GET', '/api/v1/processes');
  const now = (await seat.api('GET', `/api/v1/instances?definition=${of.items[0].id}`)).items;
  if (!now.some((one) => one.record === made.id)) throw new Error('the running process did not go to the new version');
}

/** The version before is named, and put in force again with a reason. */
export async function rollBack(seat) {
  const { page } = seat;
  await seat.go('/admin/processes');
  const older = page.locator('.process-card').nth(1);
  await older.click();
  await page.click('.panel-extra button:has-text("设置标记")');
  await page.fill('#version-tag-tag', '稳定');
  await page.click('.dialog button[type=submit]');
  await page.waitForSelector('.process-card[aria-pressed=true]:has-text("标记 稳定")');
  await page.click('.panel-extra button:has-text("启用此版本")');
  await page.fill('#version-activate-reason', '新版响应时限有误');
  await seat.look('13-roll-back');
  await page.click('.dialog button[type=submit]');
  await page.waitForSelector('.process-card[aria-pressed=true]:has-text("使用中")');
  await seat.look('13-rolled-back');
  const { items } = await seat.api('GET', '/api/v1/processes');
  const incident = items.filter((one) => one.key === 'incident');
  if (!incident[1].active || incident[0].active) throw new Error('the version before is not in force');
}

/** Duties as a list and as a month, and the overview on a wall screen. */
export async function duties(seat) {
  await seat.go('/duties');
  await seat.look('11-duties');
  await seat.go('/duties?tab=calendar');
  await here(seat, '.month-item');
  await seat.look('11-duty-calendar');
  await seat.go('/wall');
  await here(seat, '.wall-figures');
  await seat.look('11-wall');
}
