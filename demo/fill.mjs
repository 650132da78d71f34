// Fills a fresh server with a believable hospital, through the public API only: the ceremony, people,
// systems, three months of past faults and a few in progress. Prints the accounts it made.
//
//   node demo/fill.mjs --server http://127.0.0.1:8080 --code SETUP-CODE
//        [--accounts-out FILE] [--exporter HOST:PORT] [--seed NUMBER] [--faults NUMBER]
//
// With --accounts-out it may be run again: the accounts are kept in FILE, and only what is missing is made.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Client, sign_in } from './client.mjs';
import { history } from './history.mjs';
import { draw_accounts, fill_accounts, fill_people, fill_units, hold_ceremony } from './organisation.mjs';
import { fill_progress } from './progress.mjs';
import { fill_systems } from './systems.mjs';

const BATCH = 100;

const read = (name) => JSON.parse(readFileSync(new URL(`data/${name}.json`, import.meta.url), 'utf8'));

// A set-up code may begin with a dash, which the parser would take for another option.
function arguments_given() {
  const given = process.argv.slice(2);
  const at = given.indexOf('--code');
  return at < 0 ? given : [...given.slice(0, at), `--code=${given[at + 1] ?? ''}`, ...given.slice(at + 2)];
}

function options() {
  const text = { type: 'string' };
  const { values } = parseArgs({
    args: arguments_given(),
    options: {
      server: text,
      url: text,
      code: text,
      'accounts-out': text,
      exporter: text,
      seed: { ...text, default: '20260105' },
      faults: { ...text, default: '180' },
    },
  });
  const server = values.server ?? values.url;
  if (!server) throw new Error('say which server: node demo/fill.mjs --server http://127.0.0.1:8080 --code CODE');
  return { ...values, server, seed: Number(values.seed), faults: Number(values.faults) };
}

/** The accounts: those of the file when there is one, otherwise new ones, kept before they are used. */
function keep_accounts(file, people) {
  if (file && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const accounts = draw_accounts(people);
  if (file) writeFileSync(file, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 });
  return accounts;
}

async function open_the_door(nobody, wanted, organisation, accounts) {
  const { needed } = await nobody.get('/setup');
  if (!needed) return false;
  if (!wanted.code) throw new Error('the server waits for its set-up code: add --code, as printed when it started');
  await hold_ceremony(nobody, wanted.code, organisation.organisation, organisation.people, accounts);
  return true;
}

async function fill_history(supervisor, world, wanted) {
  const { items } = await supervisor.get('/incidents?limit=1&state=closed');
  if (items.length > 0) return 0;
  const lines = history(world, { count: wanted.faults, seed: wanted.seed, now: Date.now() });
  for (let from = 0; from < lines.length; from += BATCH) {
    const { errors } = await supervisor.import_lines('/incidents/import', lines.slice(from, from + BATCH));
    if (errors.length > 0) throw new Error(`the import refused line ${from + errors[0].line}: ${errors[0].pointer} ${errors[0].detail}`);
  }
  return lines.length;
}

// Columns line up in a terminal when a Chinese character counts as two.
const width = (text) => [...text].reduce((sum, each) => sum + (each.codePointAt(0) > 0x2e7f ? 2 : 1), 0);
function print_table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => width(row[column]))));
  for (const row of rows) console.log(row.map((cell, column) => cell + ' '.repeat(widths[column] - width(cell))).join('  ').trimEnd());
}

async function main() {
  const wanted = options();
  const organisation = read('organisation');
  const nobody = new Client(wanted.server);
  const known = wanted['accounts-out'] && existsSync(wanted['accounts-out']);
  if (!known && !(await nobody.get('/setup')).needed) {
    console.log('This server is set up already; nothing was changed. (Its accounts are known only to those who made them.)');
    return;
  }
  const accounts = keep_accounts(wanted['accounts-out'], organisation.people);
  const fresh = await open_the_door(nobody, wanted, organisation, accounts);

  const chief = accounts.find((each) => each.roles.includes('operations_supervisor'));
  const supervisor = await sign_in(wanted.server, chief.account, chief.password);
  const units = await fill_units(supervisor, organisation.units);
  const people = await fill_people(supervisor, organisation.people, units);
  await fill_accounts(wanted.server, accounts, people);
  const register = read('systems');
  const systems = await fill_systems(supervisor, register, people, units, wanted.exporter);
  const world = {
    systems: register,
    people: organisation.people,
    places: read('places'),
    templates: [...read('faults/clinical'), ...read('faults/infrastructure')],
    supervisor: chief.account,
    ids: { people, systems },
  };
  const past = await fill_history(supervisor, world, wanted);
  const running = await fill_progress(wanted.server, accounts, read('progress'), world);

  if (!fresh && past === 0 && running === 0) console.log('The demonstration is filled already; nothing was changed.');
  else console.log(`${organisation.organisation}: ${organisation.people.length} people, ${register.length} systems, ${past} past faults, ${running} in progress.`);
  print_table([
    ['账户', '姓名', '岗位', '角色', '口令'],
    ...accounts.map((each) => [each.account, each.name, each.post, each.roles.join(','), each.password]),
  ]);
}

main().catch((error) => {
  console.error(`demo/fill.mjs: ${error.message}`);
  process.exitCode = 1;
});
