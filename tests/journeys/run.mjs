// Runs the journeys one after another and says what went wrong, if anything did.
import { launch } from './browser.mjs';
import { boards } from './boards.mjs';
import { design, duties, explore, publish, registers, rollBack } from './desk.mjs';
import { forms } from './forms.mjs';
import { everyPage } from './pages.mjs';
import { Product } from './product.mjs';
import { Story } from './story.mjs';
import { Watch } from './watch.mjs';

const product = new Product();
let browser;
let failed = 0;

async function journey(title, walk, seats) {
  const began = Date.now();
  let whole = true;
  try {
    await walk();
    console.log(`ok    ${title} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    whole = false;
    failed += 1;
    console.log(`FAIL  ${title}: ${error.message}`);
    for (const [account, seat] of Object.entries(seats)) await seat.page.screenshot({ path: `../tests/artifacts/failed-${account}.png` }).catch(() => {});
  }
  for (const seat of Object.values(seats))
    for (const trouble of seat.troubles.splice(0)) {
      failed += 1;
      console.log(`FAIL  ${title}: ${trouble}`);
    }
  if (!whole && title.startsWith('the ceremony')) throw new Error('without people there is no story');
}

try {
  await product.start();
  browser = await launch();
  const story = new Story(browser, product);
  await journey('the ceremony creates the officers and the first people', () => story.ceremony(), story.seats);
  await journey('real load becomes an alert, the alert a fault, the operator is told', () => story.signal(), story.seats);
  await journey('a business operator reports from a phone', () => story.report(), story.seats);
  await journey('the fault is carried from its assessment to its summary, sent back once', () => story.process(), story.seats);
  await journey('the clauses show their evidence', () => story.clauses(), story.seats);
  await journey('the ledger is whole', () => story.ledger(), story.seats);
  await journey('registers are kept by hand and from a file', () => registers(story.seats.zhuguan, product.folder), story.seats);
  await journey('signals are asked with completion and by their labels', () => explore(story.seats.zhuguan), story.seats);
  await journey('a filling disk, a flapping check and a dead target alert, are held back, escalate and recover', () => new Watch(story.seats.zhuguan).all(), story.seats);
  await journey('a process is changed, its mistake named, its draft compared', () => design(story.seats.zhuguan), story.seats);
  await journey('the draft is tried out and published, and running processes go along', () => publish(story.seats.zhuguan), story.seats);
  await journey('the version before is tagged and put in force again', () => rollBack(story.seats.zhuguan), story.seats);
  await journey('a field is added to the form of a step, and met again in a task', () => forms(story.seats.zhuguan), story.seats);
  await journey('duties are seen as a list, as a month and on the wall', () => duties(story.seats.zhuguan), story.seats);
  await journey('a board is made, shared, and shown on the wall', () => boards(story.seats.zhuguan, story.system.id, product.folder), story.seats);
  await journey('every page at a desk', () => everyPage(story.seats.zhuguan, 'desk', [['zh-CN', 'light'], ['zh-CN', 'dark'], ['zh-TW', 'light'], ['en', 'light']]), story.seats);
  await journey('every page on a phone', () => everyPage(story.seats.yewu, 'phone', [['zh-CN', 'light'], ['zh-CN', 'dark']]), story.seats);
  await story.close();
} catch (error) {
  failed += 1;
  console.log(`FAIL  ${error.stack}\n${product.tail()}`);
} finally {
  await browser?.close();
  await product.stop();
}
console.log(failed ? `${failed} failures` : 'all journeys are whole');
process.exit(failed ? 1 : 0);
