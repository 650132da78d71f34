// The first-run ceremony, the units, the people and their accounts.
import { Refused, sign_in } from './client.mjs';
import { password } from './random.mjs';

/** A password for each person, in the order of the list. */
export function draw_accounts(people) {
  return people.map(({ account, name, post, roles }) => ({ account, name, post, roles, password: password() }));
}

/** Creates the officers and the first operations people with the one-time code. */
export async function hold_ceremony(nobody, code, organisation, people, accounts) {
  const first = new Set(people.filter((each) => each.first).map((each) => each.account));
  await nobody.post('/setup', {
    code,
    organisation,
    accounts: accounts
      .filter((each) => first.has(each.account))
      .map(({ account, name, password, roles }) => ({ account, name, password, roles })),
  });
}

/** Ids of the units by key; creates the missing ones, parents first as the list has them. */
export async function fill_units(supervisor, units) {
  const there = new Map((await supervisor.all('/units')).map((each) => [each.name, each.id]));
  const ids = {};
  for (const { key, name, kind, parent } of units) {
    const made = there.get(name) ?? (await supervisor.post('/units', { name, kind, ...(parent ? { parent: ids[parent] } : {}) })).id;
    ids[key] = made;
  }
  return ids;
}

/** Ids of the people by account; the ceremony's people are moved to their units. */
export async function fill_people(supervisor, people, units) {
  const there = new Map((await supervisor.all('/people?fields=id,name,unit')).map((each) => [each.name, each]));
  const ids = {};
  for (const [index, each] of people.entries()) {
    const known = there.get(each.name);
    const facts = {
      unit: units[each.unit],
      post: each.post,
      phone: `院内 ${6001 + index}`,
      email: `${each.account}@hospital.example`,
      ...(each.crew ? { crew: each.crew } : {}),
    };
    if (!known) ids[each.account] = (await supervisor.post('/people', { name: each.name, ...facts })).id;
    else {
      ids[each.account] = known.id;
      if (known.unit !== facts.unit) await supervisor.change(`/people/${known.id}`, facts);
    }
  }
  return ids;
}

/** Opens the missing accounts: the system officer creates them, the security officer grants the roles. */
export async function fill_accounts(server, accounts, ids) {
  const officer = (role) => accounts.find((each) => each.roles.includes(role));
  const [system, security] = await Promise.all(
    ['system_officer', 'security_officer'].map(officer).map((each) => sign_in(server, each.account, each.password)),
  );
  const there = new Set((await system.all('/accounts')).map((each) => each.account));
  for (const { account, password, roles } of accounts) {
    if (there.has(account)) continue;
    try {
      const made = await system.post('/accounts', { person: ids[account], account, password, roles: [] });
      await security.send('PATCH', `/accounts/${made.id}`, { roles });
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 409) throw error;
    }
  }
}
