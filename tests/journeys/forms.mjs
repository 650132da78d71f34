// The form of a step drawn in the browser: a field is added, asked for, moved by keyboard, previewed,
// published, and met again in a real task.
import { desktop, phone } from './browser.mjs';

async function order(page) {
  return page.locator('.form-line-name').allInnerTexts();
}

async function press(page, label, times) {
  await page.locator(`.form-editor [aria-label="${label}"]`).focus();
  for (let i = 0; i < times; ++i) await page.keyboard.press('Enter');
}

export async function forms(seat) {
  const { page } = seat;
  await seat.go('/admin/processes');
  await page.locator('.process-card', { hasText: '使用中' }).first().click();
  await page.click('a[href^="/admin/processes/design"]');
  await page.waitForSelector('.djs-palette');
  await page.locator('.designer-canvas [data-element-id=assess]').first().click({ force: true });
  await seat.pick('fact-fields', '影响范围');
  const line = page.locator('.form-editor li', { hasText: '影响范围' });
  await line.getByLabel('必填').check();
  await press(page, '上移影响范围', 2);
  const moved = await order(page);
  if (moved.indexOf('影响范围') !== 2) throw new Error(`the field went to its place by keyboard: ${moved}`);
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  if (focused !== '上移影响范围') throw new Error(`the keyboard lost the field and is at ${focused}`);
  await press(page, '上移影响范围', 2);
  const first = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  if (first !== '下移影响范围') throw new Error(`at the top the keyboard is at ${first}`);
  await line.locator('.form-line-name').click();
  await page.fill('#form-scope-title', '波及范围');
  await page.fill('#form-scope-description', '按受影响的科室判断');
  await page.locator('.form-preview summary').click();
  await page.waitForSelector('.form-preview label:has-text("波及范围")');
  await page.locator('.form-preview').scrollIntoViewIfNeeded();
  await seat.look('14-form-editor');
  await page.setViewportSize(phone.viewport);
  await page.locator('.form-editor').evaluate((editor) => editor.scrollIntoView({ block: 'center' }));
  await seat.look('14-form-editor-narrow');
  await page.setViewportSize(desktop.viewport);
  await page.locator('.designer-tools .ant-btn-primary:not([disabled])').click();
  await page.fill('#publish-reason', '研判时写明波及范围');
  await page.click('.dialog button[type=submit]');
  await page.waitForURL(/\/admin\/processes\?id=/);
  const made = await seat.api('POST', '/api/v1/incidents', { title: '住院登记终端无响应' });
  await seat.go(`/incidents/${made.id}`);
  await page.click('.step button.ant-btn-primary');
  await page.waitForSelector('.step form #step-scope');
  const shown = await page.locator('.step form').innerText();
  const [word, hint, next] = ['波及范围', '按受影响的科室判断', '严重度'].map((text) => shown.indexOf(text));
  if (!(0 <= word && word < hint && hint < next)) throw new Error(`the task does not begin with the new field: ${shown}`);
  await seat.look('14-form-in-task');
}
