// A headless Chromium as a person uses it: a window or a phone, pictures kept, and no silent trouble: page
// errors, refused scripts and serious accessibility faults fail the journey.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './product.mjs';

const require = createRequire(join(root, 'web/package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const pictures = join(root, 'tests/artifacts');
mkdirSync(pictures, { recursive: true });

export const desktop = { viewport: { width: 1440, height: 900 } };
export const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

export async function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** One person at one screen. */
export class Seat {
  troubles = [];

  static async take(browser, url, screen, options = {}) {
    const seat = new Seat();
    seat.url = url;
    seat.context = await browser.newContext({ ...screen, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options });
    seat.page = await seat.context.newPage();
    seat.page.setDefaultTimeout(15_000);
    seat.page.on('pageerror', (error) => seat.troubles.push(`page error: ${error.message}`));
    seat.page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) seat.troubles.push(`console: ${message.text()}`);
    });
    return seat;
  }

  async go(path) {
    await this.page.goto(this.url + path);
    await this.calm();
  }

  /** Waits until nothing of the page is still loading. */
  async calm() {
    await this.page.waitForLoadState('domcontentloaded');
    await this.page.waitForFunction(() => !document.querySelector('.skeleton, .ant-spin-spinning, [aria-busy="true"]'), null, { timeout: 15_000 });
  }

  async signIn(account, password) {
    await this.go('/');
    await this.page.fill('#account', account);
    await this.page.fill('#password', password);
    await this.page.click('button[type=submit]');
    await this.page.waitForSelector('#account', { state: 'detached' });
    await this.calm();
  }

  /** A picture, and what axe says about the page. */
  async look(name) {
    await this.calm();
    await this.page.screenshot({ path: join(pictures, `${name}.png`) });
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    for (const { id, impact, help, nodes } of violations)
      if (impact === 'serious' || impact === 'critical')
        this.troubles.push(`${name}: ${impact} accessibility fault ${id} (${help}): ${nodes.slice(0, 3).map((node) => node.target).join(' ; ')}`);
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 1) this.troubles.push(`${name}: the page is ${wide} pixels wider than the screen`);
  }

  /** The same session as a plain API client. */
  async api(method, path, body) {
    return this.page.evaluate(
      async ([method, path, body]) => {
        const session = await (await fetch('/api/v1/sessions/current')).json();
        const answer = await fetch(path, {
          method,
          headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrf },
          body: body ? JSON.stringify(body) : undefined,
        });
        const text = await answer.text();
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
        return text ? JSON.parse(text) : null;
      },
      [method, path, body],
    );
  }

  async choose(field, value) {
    const radio = this.page.locator(`#${field} label`, { has: this.page.locator(`input[value="${value}"]`) });
    await radio.first().click();
  }

  async pick(field, text) {
    await this.page.click(`#${field}`);
    await this.page.keyboard.type(text);
    await this.page.locator('.ant-select-item-option', { hasText: text }).first().click();
  }

  async close() {
    await this.context.close();
  }
}
