// The register of systems, each with its owner and what it stands on.

/** Ids of the systems by key; `exporter` becomes the address of the one that is really monitored. */
export async function fill_systems(supervisor, systems, people, units, exporter) {
  const there = new Map((await supervisor.all('/systems')).map((each) => [each.name, each.id]));
  const ids = {};
  for (const { key, owner, unit, depends_on, monitored, ...facts } of systems) {
    ids[key] = there.get(facts.name) ?? (await supervisor.post('/systems', {
      ...facts,
      owner: people[owner],
      unit: units[unit],
      depends_on: depends_on.map((each) => ids[each]),
      ...(monitored && exporter ? { address: exporter } : {}),
    })).id;
  }
  return ids;
}
