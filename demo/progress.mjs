// Faults in progress: each is reported and carried from step to step by the people whose step it is, until
// the step named in `stop_at`, so that every inbox holds something.
import { sign_in } from './client.mjs';

const STEPS = ['assess', 'diagnose', 'repair', 'test', 'confirm', 'summarise'];

/** Signs people in once, by account. */
function doorman(server, accounts) {
  const known = new Map();
  return async (account) => {
    if (!known.has(account)) {
      const { password } = accounts.find((each) => each.account === account);
      known.set(account, await sign_in(server, account, password));
    }
    return known.get(account);
  };
}

async function complete(client, record, element, fields) {
  const { tasks } = await client.get(`/incidents/${record}`);
  const task = tasks.find((each) => each.element === element);
  if (!task) throw new Error(`the fault ${record} has no open step "${element}"`);
  if (!task.assignee) await client.post(`/tasks/${task.id}/claim`);
  await client.post(`/tasks/${task.id}/complete`, { fields });
}

async function carry(story, record, enter, world) {
  const who = { assess: world.supervisor, confirm: story.reporter };
  for (const step of STEPS) {
    // A story told "again" is stopped only after the reporter has sent it back.
    if (step === story.stop_at && !story.again) return;
    if (!story[step]) return;
    const client = await enter(who[step] ?? story.assignee);
    const fields = step === 'assess' ? { ...story.assess, assignee: world.ids.people[story.assignee] } : story[step];
    await complete(client, record, step, fields);
  }
}

/** Reports the faults that are not there yet and carries each to its step; how many were new. */
export async function fill_progress(server, accounts, stories, world) {
  const enter = doorman(server, accounts);
  const supervisor = await enter(world.supervisor);
  let made = 0;
  for (const story of stories) {
    const found = await supervisor.get(`/incidents?limit=10&q=${encodeURIComponent(story.title)}`);
    if (found.items.some((each) => each.title === story.title)) continue;
    const reporter = await enter(story.reporter);
    const { title, description, scope, system } = story;
    const record = await reporter.post('/incidents', {
      title, description, scope, source: 'person', system: world.ids.systems[system],
    });
    await carry(story, record.id, enter, world);
    made += 1;
  }
  return made;
}
